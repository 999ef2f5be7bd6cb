using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>A refusal in the terms of the Nexus protocol.</summary>
internal sealed record HandlerRefusal(string Type, string Message)
{
    public NexusHandlerErrorRetryBehavior Retry { get; init; }

    public bool IsRetryable => NexusFailures.IsRetryable(ToFailure().NexusHandlerFailureInfo);

    public static HandlerRefusal BadRequest(string message) => new(HandlerErrorType.BadRequest, message);

    public static HandlerRefusal NotFound(string message) => new(HandlerErrorType.NotFound, message);

    public Failure ToFailure() => NexusFailures.OfHandler(Type, Message, Retry);

    public override string ToString() => Text(ToFailure());

    /// <summary>A failure in one line, as callbacks remember it.</summary>
    public static string Text(Failure failure)
    {
        if (failure.NexusHandlerFailureInfo is not { } info)
        {
            return failure.Message;
        }

        var message = failure.Message.Length > 0 ? failure.Message : failure.Cause?.Message ?? "";
        var type = info.Type.Length > 0 ? info.Type : "UNKNOWN";
        return message.Length > 0 ? $"handler error ({type}): {message}" : $"handler error ({type})";
    }

    /// <summary>A gRPC refusal as a handler's error; its text only where it may be shown.</summary>
    public static HandlerRefusal From(Rejection rejection, bool showsText)
    {
        var (type, generic) = rejection.Code switch
        {
            Grpc.Core.StatusCode.AlreadyExists or Grpc.Core.StatusCode.InvalidArgument
                or Grpc.Core.StatusCode.FailedPrecondition or Grpc.Core.StatusCode.OutOfRange =>
                (HandlerErrorType.BadRequest, "bad request"),
            Grpc.Core.StatusCode.Aborted or Grpc.Core.StatusCode.Unavailable =>
                (HandlerErrorType.Unavailable, "service unavailable"),
            Grpc.Core.StatusCode.Unauthenticated => (HandlerErrorType.Unauthenticated, "authentication failed"),
            Grpc.Core.StatusCode.PermissionDenied => (HandlerErrorType.Unauthorized, "permission denied"),
            Grpc.Core.StatusCode.NotFound => (HandlerErrorType.NotFound, "not found"),
            Grpc.Core.StatusCode.ResourceExhausted => (HandlerErrorType.ResourceExhausted, "resource exhausted"),
            Grpc.Core.StatusCode.Unimplemented => (HandlerErrorType.NotImplemented, "not implemented"),
            Grpc.Core.StatusCode.DeadlineExceeded => (HandlerErrorType.UpstreamTimeout, "request timeout"),
            _ => (HandlerErrorType.Internal, "internal error"),
        };
        return new HandlerRefusal(type, showsText ? rejection.Message : generic);
    }
}
