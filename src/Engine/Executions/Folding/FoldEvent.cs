using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>What an event means for the state, whether it entered history or the buffer.</summary>
internal static class FoldEvent
{
    public static RunState Apply(RunState state, HistoryEvent happened) => happened.EventType switch
    {
        EventType.WorkflowTaskScheduled => FoldWorkflowTask.Scheduled(state, happened),
        EventType.WorkflowTaskStarted => FoldWorkflowTask.Started(state, happened),
        EventType.WorkflowTaskCompleted => FoldWorkflowTask.Completed(state, happened),
        EventType.WorkflowTaskFailed => FoldWorkflowTask.Failed(state, happened),
        EventType.WorkflowTaskTimedOut => FoldWorkflowTask.TimedOut(state, happened),

        EventType.ActivityTaskScheduled => FoldActivities.Scheduled(state, happened),
        EventType.ActivityTaskCancelRequested => FoldActivities.CancelRequested(state, happened),
        EventType.ActivityTaskCompleted =>
            FoldActivities.Ended(
                FoldStandaloneActivity.Ended(state, happened), happened.ActivityTaskCompletedEventAttributes.ScheduledEventId),
        EventType.ActivityTaskFailed =>
            FoldActivities.Ended(
                FoldStandaloneActivity.Ended(state, happened), happened.ActivityTaskFailedEventAttributes.ScheduledEventId),
        EventType.ActivityTaskTimedOut =>
            FoldActivities.Ended(
                FoldStandaloneActivity.Ended(state, happened), happened.ActivityTaskTimedOutEventAttributes.ScheduledEventId),
        EventType.ActivityTaskCanceled =>
            FoldActivities.Ended(
                FoldStandaloneActivity.Ended(state, happened), happened.ActivityTaskCanceledEventAttributes.ScheduledEventId),

        EventType.TimerStarted => FoldTimers.Started(state, happened),
        EventType.TimerFired => FoldTimers.Ended(
            state, happened.TimerFiredEventAttributes.TimerId, happened.TimerFiredEventAttributes.StartedEventId),
        EventType.TimerCanceled => FoldTimers.Ended(
            state, happened.TimerCanceledEventAttributes.TimerId, happened.TimerCanceledEventAttributes.StartedEventId),

        EventType.StartChildWorkflowExecutionInitiated => FoldChildren.Initiated(state, happened),
        EventType.StartChildWorkflowExecutionFailed =>
            FoldChildren.Ended(state, happened.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        EventType.ChildWorkflowExecutionStarted => FoldChildren.Started(state, happened),
        EventType.ChildWorkflowExecutionCompleted =>
            FoldChildren.Ended(state, happened.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId),
        EventType.ChildWorkflowExecutionFailed =>
            FoldChildren.Ended(state, happened.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        EventType.ChildWorkflowExecutionCanceled =>
            FoldChildren.Ended(state, happened.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId),
        EventType.ChildWorkflowExecutionTerminated =>
            FoldChildren.Ended(state, happened.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId),
        EventType.ChildWorkflowExecutionTimedOut =>
            FoldChildren.Ended(state, happened.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId),

        EventType.SignalExternalWorkflowExecutionInitiated => FoldExternals.SignalInitiated(state, happened),
        EventType.SignalExternalWorkflowExecutionFailed => FoldExternals.Ended(
            state, happened.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        EventType.ExternalWorkflowExecutionSignaled => FoldExternals.Ended(
            state, happened.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId),
        EventType.RequestCancelExternalWorkflowExecutionInitiated => FoldExternals.CancelInitiated(state, happened),
        EventType.RequestCancelExternalWorkflowExecutionFailed => FoldExternals.Ended(
            state, happened.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        EventType.ExternalWorkflowExecutionCancelRequested => FoldExternals.Ended(
            state, happened.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId),

        EventType.NexusOperationScheduled => FoldNexus.Scheduled(state, happened),
        EventType.NexusOperationStarted => FoldNexus.Started(state, happened),
        EventType.NexusOperationCancelRequested => FoldNexus.CancelRequested(state, happened),
        EventType.NexusOperationCancelRequestCompleted => FoldNexus.CancelCompleted(state, happened),
        EventType.NexusOperationCancelRequestFailed => FoldNexus.CancelFailed(state, happened),
        EventType.NexusOperationCompleted =>
            FoldNexus.Ended(state, happened, happened.NexusOperationCompletedEventAttributes.ScheduledEventId),
        EventType.NexusOperationFailed =>
            FoldNexus.Ended(state, happened, happened.NexusOperationFailedEventAttributes.ScheduledEventId),
        EventType.NexusOperationCanceled =>
            FoldNexus.Ended(state, happened, happened.NexusOperationCanceledEventAttributes.ScheduledEventId),
        EventType.NexusOperationTimedOut =>
            FoldNexus.Ended(state, happened, happened.NexusOperationTimedOutEventAttributes.ScheduledEventId),
        EventType.WorkflowExecutionUpdateAdmitted => FoldUpdates.Admitted(state, happened),
        EventType.WorkflowExecutionUpdateAccepted => FoldUpdates.Accepted(state, happened),
        EventType.WorkflowExecutionUpdateCompleted => FoldUpdates.Completed(state, happened),

        EventType.WorkflowExecutionSignaled => FoldLifecycle.Signaled(state, happened),
        EventType.WorkflowExecutionCancelRequested => FoldLifecycle.CancelRequested(state),
        EventType.WorkflowExecutionTimeSkippingTransitioned => FoldLifecycle.TimeSkipped(state, happened),
        EventType.WorkflowExecutionPaused => FoldPauses.Paused(state, happened),
        EventType.WorkflowExecutionUnpaused => FoldPauses.Unpaused(state),
        EventType.WorkflowExecutionOptionsUpdated => FoldLifecycle.OptionsUpdated(
            FoldCallbacks.Attached(FoldStandaloneActivity.Linked(state, happened), happened), happened),
        EventType.UpsertWorkflowSearchAttributes => FoldLifecycle.SearchAttributesUpserted(state, happened),
        EventType.WorkflowPropertiesModified => FoldLifecycle.MemoModified(state, happened),

        EventType.WorkflowExecutionCompleted => FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.Completed),
        EventType.WorkflowExecutionFailed => FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.Failed),
        EventType.WorkflowExecutionTimedOut => FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.TimedOut),
        EventType.WorkflowExecutionCanceled => FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.Canceled),
        EventType.WorkflowExecutionTerminated =>
            FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.Terminated),
        EventType.WorkflowExecutionContinuedAsNew =>
            FoldLifecycle.Closed(state, happened, WorkflowExecutionStatus.ContinuedAsNew),

        // Events that only history remembers: a marker, and an activity's start, which is written when it ends.
        EventType.MarkerRecorded or EventType.ActivityTaskStarted => state,
        _ => throw new InvalidOperationException($"An event of type {happened.EventType} has no fold."),
    };
}
