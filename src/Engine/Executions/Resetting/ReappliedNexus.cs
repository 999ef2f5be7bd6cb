using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What the discarded part of history says of Nexus operations. One that was scheduled before the reset point is
/// the new run's as well.</summary>
internal static class ReappliedNexus
{
    /// <summary>Whether the event is news of an operation that is pending in this state.</summary>
    public static bool Concerns(RunState state, HistoryEvent happened) => happened.EventType switch
    {
        EventType.NexusOperationStarted =>
            state.Nexus.Operations.TryGetValue(
                happened.NexusOperationStartedEventAttributes.ScheduledEventId, out var operation)
            && !operation.IsStarted,
        EventType.NexusOperationCompleted =>
            IsPending(state, happened.NexusOperationCompletedEventAttributes.ScheduledEventId),
        EventType.NexusOperationFailed =>
            IsPending(state, happened.NexusOperationFailedEventAttributes.ScheduledEventId),
        EventType.NexusOperationCanceled =>
            IsPending(state, happened.NexusOperationCanceledEventAttributes.ScheduledEventId),
        EventType.NexusOperationTimedOut =>
            IsPending(state, happened.NexusOperationTimedOutEventAttributes.ScheduledEventId),
        _ => false,
    };

    private static bool IsPending(RunState state, long scheduledEventId) =>
        state.Nexus.Operations.ContainsKey(scheduledEventId);
}
