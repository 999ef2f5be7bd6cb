using System.Data.Common;
using NexusRpc.Handlers;

namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>Reads what libraries throw: HTTP, gRPC, Nexus and database clients, time-outs, cancellation, the rest by
/// name.</summary>
internal static class PlainExceptions
{
    /// <summary>Where an exception that cannot carry it otherwise has the time to come again, a
    /// <see cref="TimeSpan"/>.</summary>
    public const string RetryAfterKey = "Retry-After";

    public static WorkflowError Read(Exception exception)
    {
        var error = TryRead(exception) ?? new(ErrorKind.Transient, "unexpected", exception.Message);
        return exception.Data[RetryAfterKey] is TimeSpan delay && delay >= TimeSpan.Zero
            ? error with { RetryAfter = delay }
            : error;
    }

    private static WorkflowError? TryRead(Exception exception) => exception switch
    {
        HttpRequestException http => ReadHttp(http),
        // HttpClient throws its own time-out so.
        OperationCanceledException { InnerException: TimeoutException } =>
            new(ErrorKind.Transient, "timeout", exception.Message),
        OperationCanceledException => FailureChain.Stopped("canceled", exception.Message),
        Temporalio.Exceptions.RpcException rpc => ReadGrpc((int)rpc.Code, rpc.Code.ToString(), rpc.Message),
        Grpc.Core.RpcException rpc => GrpcErrors.WithTrailers(
            ReadGrpc((int)rpc.StatusCode, rpc.StatusCode.ToString(), rpc.Status.Detail), rpc.Trailers),
        HandlerException nexus => ReadNexus(nexus),
        DbException database => DatabaseErrors.Read(database),
        _ => KnownExceptions.Read(exception) ?? ReadCause(exception),
    };

    /// <summary>A library's own exception around one that is known: an object mapper's around the database's.</summary>
    private static WorkflowError? ReadCause(Exception exception) =>
        exception.InnerException is { } cause && TryRead(cause) is { IsCanceled: false } error
            ? error with { Message = $"{exception.Message} ({cause.Message})" }
            : null;

    private static WorkflowError ReadHttp(HttpRequestException exception) => exception switch
    {
        { StatusCode: { } status } =>
            new(ErrorKinds.FromHttpStatus((int)status), $"http.{(int)status}", exception.Message),
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } =>
            new(ErrorKind.DependencyDown, "connection", exception.Message),
        _ => new(ErrorKind.Transient, "http", exception.Message),
    };

    private static WorkflowError ReadGrpc(int code, string name, string message)
    {
        var kind = ErrorKinds.FromGrpcCode(code);
        return code == (int)Temporalio.Exceptions.RpcException.StatusCode.Cancelled
            ? FailureChain.Stopped("canceled", message)
            : new(kind, $"grpc.{name}", message);
    }

    private static WorkflowError ReadNexus(HandlerException exception)
    {
        var kind = exception.ErrorType switch
        {
            HandlerErrorType.BadRequest => ErrorKind.InvalidInput,
            HandlerErrorType.Unauthenticated or HandlerErrorType.Unauthorized => ErrorKind.Unauthorized,
            HandlerErrorType.NotFound => ErrorKind.NotFound,
            HandlerErrorType.Conflict => ErrorKind.Conflict,
            HandlerErrorType.ResourceExhausted => ErrorKind.Throttled,
            HandlerErrorType.NotImplemented => ErrorKind.Poisoned,
            HandlerErrorType.Unavailable => ErrorKind.DependencyDown,
            _ => ErrorKind.Transient,
        };
        return new(kind, ErrorCode.From($"nexus.{exception.RawErrorType}", "nexus"), exception.Message)
        {
            IsRetried = exception.IsRetryable,
        };
    }
}
