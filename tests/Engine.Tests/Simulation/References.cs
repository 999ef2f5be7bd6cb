using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Which earlier events an event names.</summary>
internal static class References
{
    public const string NexusOperation = "nexus";

    /// <summary>The ids that the event's attributes name, with the type that each must have.</summary>
    public static IEnumerable<(long Id, EventType Type)> Of(HistoryEvent happened) => All(happened).Where(r => r.Id != 0);

    /// <summary>What the event is the end of, as a kind and the id of its beginning.</summary>
    public static IEnumerable<(string Kind, long Id)> Ended(HistoryEvent happened) => happened.EventType switch
    {
        EventType.ActivityTaskCompleted => [("activity", happened.ActivityTaskCompletedEventAttributes.ScheduledEventId)],
        EventType.ActivityTaskFailed => [("activity", happened.ActivityTaskFailedEventAttributes.ScheduledEventId)],
        EventType.ActivityTaskTimedOut => [("activity", happened.ActivityTaskTimedOutEventAttributes.ScheduledEventId)],
        EventType.ActivityTaskCanceled => [("activity", happened.ActivityTaskCanceledEventAttributes.ScheduledEventId)],
        EventType.TimerFired => [("timer", happened.TimerFiredEventAttributes.StartedEventId)],
        EventType.TimerCanceled => [("timer", happened.TimerCanceledEventAttributes.StartedEventId)],
        EventType.WorkflowExecutionUpdateCompleted =>
            [("update", happened.WorkflowExecutionUpdateCompletedEventAttributes.AcceptedEventId)],
        EventType.WorkflowTaskCompleted => [("task", happened.WorkflowTaskCompletedEventAttributes.ScheduledEventId)],
        EventType.WorkflowTaskFailed => [("task", happened.WorkflowTaskFailedEventAttributes.ScheduledEventId)],
        EventType.WorkflowTaskTimedOut => [("task", happened.WorkflowTaskTimedOutEventAttributes.ScheduledEventId)],
        EventType.ChildWorkflowExecutionStarted =>
            [("child start", happened.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId)],
        EventType.StartChildWorkflowExecutionFailed =>
            [("child start", happened.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId)],
        EventType.ChildWorkflowExecutionCompleted =>
            [("child", happened.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId)],
        EventType.ChildWorkflowExecutionFailed =>
            [("child", happened.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId)],
        EventType.ChildWorkflowExecutionCanceled =>
            [("child", happened.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId)],
        EventType.ChildWorkflowExecutionTerminated =>
            [("child", happened.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId)],
        EventType.ChildWorkflowExecutionTimedOut =>
            [("child", happened.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId)],
        EventType.ExternalWorkflowExecutionSignaled =>
            [("external", happened.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId)],
        EventType.SignalExternalWorkflowExecutionFailed =>
            [("external", happened.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId)],
        EventType.ExternalWorkflowExecutionCancelRequested =>
            [("external", happened.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId)],
        EventType.RequestCancelExternalWorkflowExecutionFailed =>
            [("external", happened.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId)],
        EventType.NexusOperationStarted =>
            [("nexus start", happened.NexusOperationStartedEventAttributes.ScheduledEventId)],
        EventType.NexusOperationCompleted =>
            [(NexusOperation, happened.NexusOperationCompletedEventAttributes.ScheduledEventId)],
        EventType.NexusOperationFailed =>
            [(NexusOperation, happened.NexusOperationFailedEventAttributes.ScheduledEventId)],
        EventType.NexusOperationCanceled =>
            [(NexusOperation, happened.NexusOperationCanceledEventAttributes.ScheduledEventId)],
        EventType.NexusOperationTimedOut =>
            [(NexusOperation, happened.NexusOperationTimedOutEventAttributes.ScheduledEventId)],
        EventType.NexusOperationCancelRequestCompleted =>
            [("nexus cancel", happened.NexusOperationCancelRequestCompletedEventAttributes.RequestedEventId)],
        EventType.NexusOperationCancelRequestFailed =>
            [("nexus cancel", happened.NexusOperationCancelRequestFailedEventAttributes.RequestedEventId)],
        _ => [],
    };

    private static IEnumerable<(long Id, EventType Type)> All(HistoryEvent happened) =>
        OfNexus(happened) is { } nexus ? [nexus] : Others(happened);

    private static (long Id, EventType Type)? OfNexus(HistoryEvent happened) => happened.EventType switch
    {
        EventType.NexusOperationCancelRequested => (
            happened.NexusOperationCancelRequestedEventAttributes.ScheduledEventId, EventType.NexusOperationScheduled),
        EventType.NexusOperationCancelRequestCompleted => (
            happened.NexusOperationCancelRequestCompletedEventAttributes.RequestedEventId,
            EventType.NexusOperationCancelRequested),
        EventType.NexusOperationCancelRequestFailed => (
            happened.NexusOperationCancelRequestFailedEventAttributes.RequestedEventId,
            EventType.NexusOperationCancelRequested),
        _ when Ended(happened).FirstOrDefault(e => e.Kind.StartsWith(NexusOperation, StringComparison.Ordinal))
            is { Id: > 0 } ended => (ended.Id, EventType.NexusOperationScheduled),
        _ => null,
    };

    private static IEnumerable<(long Id, EventType Type)> Others(HistoryEvent happened)
    {
        switch (happened.EventType)
        {
            case EventType.WorkflowTaskStarted:
                yield return (happened.WorkflowTaskStartedEventAttributes.ScheduledEventId, EventType.WorkflowTaskScheduled);
                break;
            case EventType.WorkflowTaskCompleted:
                var completedTask = happened.WorkflowTaskCompletedEventAttributes;
                yield return (completedTask.ScheduledEventId, EventType.WorkflowTaskScheduled);
                yield return (completedTask.StartedEventId, EventType.WorkflowTaskStarted);
                break;
            case EventType.ActivityTaskScheduled:
                yield return (
                    happened.ActivityTaskScheduledEventAttributes.WorkflowTaskCompletedEventId,
                    EventType.WorkflowTaskCompleted);
                break;
            case EventType.ActivityTaskCompleted:
                var completed = happened.ActivityTaskCompletedEventAttributes;
                yield return (completed.ScheduledEventId, EventType.ActivityTaskScheduled);
                yield return (completed.StartedEventId, EventType.ActivityTaskStarted);
                break;
            case EventType.ActivityTaskFailed:
                var failed = happened.ActivityTaskFailedEventAttributes;
                yield return (failed.ScheduledEventId, EventType.ActivityTaskScheduled);
                yield return (failed.StartedEventId, EventType.ActivityTaskStarted);
                break;
            case EventType.ActivityTaskTimedOut:
                var timedOut = happened.ActivityTaskTimedOutEventAttributes;
                yield return (timedOut.ScheduledEventId, EventType.ActivityTaskScheduled);
                yield return (timedOut.StartedEventId, EventType.ActivityTaskStarted);
                break;
            case EventType.ActivityTaskCanceled:
                var canceled = happened.ActivityTaskCanceledEventAttributes;
                yield return (canceled.ScheduledEventId, EventType.ActivityTaskScheduled);
                yield return (canceled.StartedEventId, EventType.ActivityTaskStarted);
                yield return (canceled.LatestCancelRequestedEventId, EventType.ActivityTaskCancelRequested);
                break;
            case EventType.TimerFired:
                yield return (happened.TimerFiredEventAttributes.StartedEventId, EventType.TimerStarted);
                break;
            case EventType.WorkflowExecutionUpdateCompleted:
                yield return (
                    happened.WorkflowExecutionUpdateCompletedEventAttributes.AcceptedEventId,
                    EventType.WorkflowExecutionUpdateAccepted);
                break;
            case EventType.ChildWorkflowExecutionCompleted:
                var child = happened.ChildWorkflowExecutionCompletedEventAttributes;
                yield return (child.InitiatedEventId, EventType.StartChildWorkflowExecutionInitiated);
                yield return (child.StartedEventId, EventType.ChildWorkflowExecutionStarted);
                break;
            case EventType.ChildWorkflowExecutionTerminated:
                var terminated = happened.ChildWorkflowExecutionTerminatedEventAttributes;
                yield return (terminated.InitiatedEventId, EventType.StartChildWorkflowExecutionInitiated);
                yield return (terminated.StartedEventId, EventType.ChildWorkflowExecutionStarted);
                break;
            case EventType.ChildWorkflowExecutionStarted:
                yield return (
                    happened.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId,
                    EventType.StartChildWorkflowExecutionInitiated);
                break;
            default:
                break;
        }
    }
}
