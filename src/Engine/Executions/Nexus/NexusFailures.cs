using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Failures around Nexus operations, in the words of a Temporal server.</summary>
internal static class NexusFailures
{
    /// <summary>What a caller's workflow gets: one wrapper around the real reason.</summary>
    public static Failure Wrap(NexusOperation operation, Failure? cause) => new()
    {
        Message = "nexus operation completed unsuccessfully",
        NexusOperationExecutionFailureInfo = new NexusOperationFailureInfo
        {
            Endpoint = operation.Attributes.Endpoint,
            Service = operation.Attributes.Service,
            Operation = operation.Attributes.Operation,
            OperationToken = operation.Token,
#pragma warning disable CS0612 // Older SDKs read only this one.
            OperationId = operation.Token,
#pragma warning restore CS0612
            ScheduledEventId = operation.ScheduledEventId,
        },
        Cause = cause,
    };

    public static Failure TimedOut(TimeoutType type) => new()
    {
        Message = "operation timed out",
        TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type },
    };

    /// <summary>A handler's refusal of a request.</summary>
    public static Failure OfHandler(
        string type,
        string message,
        NexusHandlerErrorRetryBehavior retry = NexusHandlerErrorRetryBehavior.Unspecified) => new()
        {
            Message = message,
            NexusHandlerFailureInfo = new NexusHandlerFailureInfo { Type = type, RetryBehavior = retry },
        };

    /// <summary>A request that came to nothing before any handler answered it.</summary>
    public static Failure OfCall(string message, bool isRetried) => new()
    {
        Message = message,
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = "CallError", NonRetryable = !isRetried },
    };

    /// <summary>A canceled operation's reason. Old SDKs send an application failure.</summary>
    public static Failure AsCanceled(Failure failure) => failure.CanceledFailureInfo is not null
        ? failure
        : new Failure
        {
            Message = failure.Message,
            StackTrace = failure.StackTrace,
            CanceledFailureInfo = new CanceledFailureInfo(),
            Cause = failure.Cause,
        };

    /// <summary>Whether a handler's error may go away: as the handler says, or by its type.</summary>
    public static bool IsRetryable(NexusHandlerFailureInfo info) => info.RetryBehavior switch
    {
        NexusHandlerErrorRetryBehavior.Retryable => true,
        NexusHandlerErrorRetryBehavior.NonRetryable => false,
        _ => info.Type is not (HandlerErrorType.BadRequest or HandlerErrorType.Unauthenticated
            or HandlerErrorType.Unauthorized or HandlerErrorType.NotFound or HandlerErrorType.Conflict
            or HandlerErrorType.NotImplemented),
    };
}
