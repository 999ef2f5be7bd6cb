using AugmentedOS.Engine.Storage;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Stands between an RPC and the wire: refusals become statuses, calls are counted, and no exception leaves as
/// UNKNOWN.</summary>
internal sealed partial class CallGuard(TimeProvider time, CallInstruments instruments, ILogger log)
{
    public Task<TResponse> RunAsync<TRequest, TResponse>(
        string operation, IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        instruments.IsWatched
            ? MeasureAsync(operation, rpc, request, context)
            : AnswerAsync(rpc, request, context);

    private async Task<TResponse> MeasureAsync<TRequest, TResponse>(
        string operation, IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var began = time.GetTimestamp();
        var tags = instruments.Began(CallTags.OperationOf(operation, request), CallTags.NamespaceOf(request));
        try
        {
            return await AnswerAsync(rpc, request, context).ConfigureAwait(false);
        }
        catch (RefusedCall refused)
        {
            instruments.Refused(tags, refused.Rejection);
            throw;
        }
        catch (RpcException refused)
        {
            instruments.Refused(tags, refused.StatusCode);
            throw;
        }
        finally
        {
            instruments.Ended(tags, time.GetElapsedTime(began));
        }
    }

    private async Task<TResponse> AnswerAsync<TRequest, TResponse>(
        IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        Answer<TResponse> answer;
        try
        {
            answer = await rpc.AnswerAsync(request, new Call(context, time)).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw RejectionStatus.ToException(ToRejection(failure, context));
        }

        return answer.IsRejected ? throw RejectionStatus.ToException(answer.Rejection) : answer.Response;
    }

    private Rejection ToRejection(Exception failure, ServerCallContext context)
    {
        switch (failure)
        {
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new Rejection(StatusCode.Cancelled, "context canceled");
            case JournalException:
                LogStorageFailed(context.Method, failure);
                return Rejection.Unavailable($"storage is not available: {failure.Message}");
            default:
                // Retryable on purpose: what failed here was never acknowledged, and trying again does no harm.
                LogCallFailed(context.Method, failure);
                return Rejection.Unavailable("something went wrong, please retry");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method}: storage failed")]
    private partial void LogStorageFailed(string method, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "{Method} failed unexpectedly")]
    private partial void LogCallFailed(string method, Exception failure);
}
