using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Api.Admission;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.Storage;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Stands between an RPC and the wire: calls are let in or not, refusals become statuses, calls are counted, and
/// no exception leaves as UNKNOWN.</summary>
/// <param name="wall">See <see cref="Call"/>.</param>
internal sealed partial class CallGuard(
    CallAdmission admission, TimeProvider time, TimeProvider wall, CallInstruments instruments, ILogger log)
{
    public Task<IMessage> RunAsync<TRequest, TResponse>(
        string operation,
        MethodProfile? method,
        IRpc<TRequest, TResponse> rpc,
        TRequest request,
        ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        EngineTrace.IsOn
            ? TraceAsync(operation, method, rpc, request, context)
            : CountAsync(operation, method, rpc, request, context);

    private async Task<IMessage> TraceAsync<TRequest, TResponse>(
        string operation,
        MethodProfile? method,
        IRpc<TRequest, TResponse> rpc,
        TRequest request,
        ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var span = EngineTrace.Call(
            CallTags.OperationOf(operation, request), CallTags.NamespaceOf(request), context.RequestHeaders);
        try
        {
            return await CountAsync(operation, method, rpc, request, context).ConfigureAwait(false);
        }
        catch (RpcException refused)
        {
            EngineTrace.Refused(span, refused);
            throw;
        }
    }

    private Task<IMessage> CountAsync<TRequest, TResponse>(
        string operation,
        MethodProfile? method,
        IRpc<TRequest, TResponse> rpc,
        TRequest request,
        ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        instruments.IsWatched
            ? MeasureAsync(operation, method, rpc, request, context)
            : AnswerAsync(method, rpc, request, context);

    private async Task<IMessage> MeasureAsync<TRequest, TResponse>(
        string operation,
        MethodProfile? method,
        IRpc<TRequest, TResponse> rpc,
        TRequest request,
        ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var began = time.GetTimestamp();
        var tags = instruments.Began(CallTags.OperationOf(operation, request), CallTags.NamespaceOf(request));
        try
        {
            var response = await AnswerAsync(method, rpc, request, context).ConfigureAwait(false);
            instruments.Answered(tags, operation, request, response);
            return response;
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

    private async Task<IMessage> AnswerAsync<TRequest, TResponse>(
        MethodProfile? method, IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var entry = default(Entry);
        var outcome = StatusCode.Unavailable;
        try
        {
            entry = await admission.EnterAsync(method, request, context).ConfigureAwait(false);
            Answer<TResponse> answer = entry.Refusal is { } refusal
                ? refusal
                : await rpc.AnswerAsync(request, new Call(context, wall)).ConfigureAwait(false);
            outcome = answer.Rejection?.Code ?? StatusCode.OK;
            return answer.IsRejected ? throw RejectionStatus.ToException(answer.Rejection) : answer.Response;
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            var rejection = ToRejection(failure, context);
            outcome = rejection.Code;
            throw RejectionStatus.ToException(rejection);
        }
        finally
        {
            admission.Leave(entry, request, context, outcome);
        }
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
