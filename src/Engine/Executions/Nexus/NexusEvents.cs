using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>The events of an operation that come from outside the workflow. The caller schedules the workflow task.</summary>
internal static class NexusEvents
{
    public static void Started(
        Draft draft, NexusOperation operation, string token, Instant at, IEnumerable<Link> links) =>
        draft.RecordOrBuffer(EventType.NexusOperationStarted, at, e =>
        {
            e.NexusOperationStartedEventAttributes = new NexusOperationStartedEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                OperationToken = token,
#pragma warning disable CS0612 // Older SDKs read only this one.
                OperationId = token,
#pragma warning restore CS0612
                RequestId = operation.RequestId,
            };
            e.Links.AddRange(links);
        });

    public static void Completed(
        Draft draft, NexusOperation operation, Payload? result, IEnumerable<Link>? links = null)
    {
        draft.RecordOrBuffer(EventType.NexusOperationCompleted, e =>
        {
            e.NexusOperationCompletedEventAttributes = new NexusOperationCompletedEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                Result = result,
                RequestId = operation.RequestId,
            };
            e.Links.AddRange(links ?? []);
        });
        StandaloneOperations.CloseIfEnded(draft, EventType.NexusOperationCompleted);
    }

    public static void Failed(Draft draft, NexusOperation operation, Failure cause)
    {
        draft.RecordOrBuffer(EventType.NexusOperationFailed, e => e.NexusOperationFailedEventAttributes =
            new NexusOperationFailedEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                Failure = NexusFailures.Wrap(operation, cause),
                RequestId = operation.RequestId,
            });
        StandaloneOperations.CloseIfEnded(draft, EventType.NexusOperationFailed);
    }

    public static void Canceled(Draft draft, NexusOperation operation, Failure cause)
    {
        draft.RecordOrBuffer(EventType.NexusOperationCanceled, e => e.NexusOperationCanceledEventAttributes =
            new NexusOperationCanceledEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                Failure = NexusFailures.Wrap(operation, NexusFailures.AsCanceled(cause)),
                RequestId = operation.RequestId,
            });
        StandaloneOperations.CloseIfEnded(draft, EventType.NexusOperationCanceled);
    }

    public static void TimedOut(Draft draft, NexusOperation operation, TimeoutType type)
    {
        draft.RecordOrBuffer(EventType.NexusOperationTimedOut, e => e.NexusOperationTimedOutEventAttributes =
            new NexusOperationTimedOutEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                Failure = NexusFailures.Wrap(operation, NexusFailures.TimedOut(type)),
                RequestId = operation.RequestId,
            });
        StandaloneOperations.CloseIfEnded(draft, EventType.NexusOperationTimedOut);
    }

    public static void CancelCompleted(Draft draft, NexusOperation operation) =>
        draft.RecordOrBuffer(EventType.NexusOperationCancelRequestCompleted, e =>
        {
            e.NexusOperationCancelRequestCompletedEventAttributes =
                new NexusOperationCancelRequestCompletedEventAttributes
                {
                    ScheduledEventId = operation.ScheduledEventId,
                    RequestedEventId = operation.Cancellation!.RequestedEventId,
                };
            e.WorkerMayIgnore = true; // An old SDK does not know it.
        });

    public static void CancelFailed(Draft draft, NexusOperation operation, Failure failure) =>
        draft.RecordOrBuffer(EventType.NexusOperationCancelRequestFailed, e =>
        {
            e.NexusOperationCancelRequestFailedEventAttributes = new NexusOperationCancelRequestFailedEventAttributes
            {
                ScheduledEventId = operation.ScheduledEventId,
                RequestedEventId = operation.Cancellation!.RequestedEventId,
                Failure = failure,
            };
            e.WorkerMayIgnore = true; // An old SDK does not know it.
        });
}
