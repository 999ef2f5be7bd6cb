using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>One builder an event type.</summary>
internal static partial class Events
{
    public static HistoryEvent WorkflowTaskScheduled(Action<WorkflowTaskScheduledEventAttributes>? set = null) =>
        Event(EventType.WorkflowTaskScheduled, set, (e, a) => e.WorkflowTaskScheduledEventAttributes = a);

    public static HistoryEvent WorkflowTaskStarted(Action<WorkflowTaskStartedEventAttributes>? set = null) =>
        Event(EventType.WorkflowTaskStarted, set, (e, a) => e.WorkflowTaskStartedEventAttributes = a);

    public static HistoryEvent WorkflowTaskCompleted(Action<WorkflowTaskCompletedEventAttributes>? set = null) =>
        Event(EventType.WorkflowTaskCompleted, set, (e, a) => e.WorkflowTaskCompletedEventAttributes = a);

    public static HistoryEvent WorkflowTaskFailed(Action<WorkflowTaskFailedEventAttributes>? set = null) =>
        Event(EventType.WorkflowTaskFailed, set, (e, a) => e.WorkflowTaskFailedEventAttributes = a);

    public static HistoryEvent WorkflowTaskTimedOut(Action<WorkflowTaskTimedOutEventAttributes>? set = null) =>
        Event(EventType.WorkflowTaskTimedOut, set, (e, a) => e.WorkflowTaskTimedOutEventAttributes = a);

    public static HistoryEvent ActivityTaskScheduled(Action<ActivityTaskScheduledEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskScheduled, set, (e, a) => e.ActivityTaskScheduledEventAttributes = a);

    public static HistoryEvent ActivityTaskStarted(Action<ActivityTaskStartedEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskStarted, set, (e, a) => e.ActivityTaskStartedEventAttributes = a);

    public static HistoryEvent ActivityTaskCompleted(Action<ActivityTaskCompletedEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskCompleted, set, (e, a) => e.ActivityTaskCompletedEventAttributes = a);

    public static HistoryEvent ActivityTaskFailed(Action<ActivityTaskFailedEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskFailed, set, (e, a) => e.ActivityTaskFailedEventAttributes = a);

    public static HistoryEvent ActivityTaskTimedOut(Action<ActivityTaskTimedOutEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskTimedOut, set, (e, a) => e.ActivityTaskTimedOutEventAttributes = a);

    public static HistoryEvent ActivityTaskCanceled(Action<ActivityTaskCanceledEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskCanceled, set, (e, a) => e.ActivityTaskCanceledEventAttributes = a);

    public static HistoryEvent ActivityTaskCancelRequested(Action<ActivityTaskCancelRequestedEventAttributes>? set = null) =>
        Event(EventType.ActivityTaskCancelRequested, set, (e, a) => e.ActivityTaskCancelRequestedEventAttributes = a);

    public static HistoryEvent TimerStarted(Action<TimerStartedEventAttributes>? set = null) =>
        Event(EventType.TimerStarted, set, (e, a) => e.TimerStartedEventAttributes = a);

    public static HistoryEvent TimerFired(Action<TimerFiredEventAttributes>? set = null) =>
        Event(EventType.TimerFired, set, (e, a) => e.TimerFiredEventAttributes = a);

    public static HistoryEvent TimerCanceled(Action<TimerCanceledEventAttributes>? set = null) =>
        Event(EventType.TimerCanceled, set, (e, a) => e.TimerCanceledEventAttributes = a);

    public static HistoryEvent MarkerRecorded(Action<MarkerRecordedEventAttributes>? set = null) =>
        Event(EventType.MarkerRecorded, set, (e, a) => e.MarkerRecordedEventAttributes = a);

    public static HistoryEvent WorkflowExecutionSignaled(Action<WorkflowExecutionSignaledEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionSignaled, set, (e, a) => e.WorkflowExecutionSignaledEventAttributes = a);

    public static HistoryEvent WorkflowExecutionCancelRequested(Action<WorkflowExecutionCancelRequestedEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionCancelRequested, set, (e, a) => e.WorkflowExecutionCancelRequestedEventAttributes = a);

    public static HistoryEvent WorkflowExecutionCompleted(Action<WorkflowExecutionCompletedEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionCompleted, set, (e, a) => e.WorkflowExecutionCompletedEventAttributes = a);

    public static HistoryEvent WorkflowExecutionFailed(Action<WorkflowExecutionFailedEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionFailed, set, (e, a) => e.WorkflowExecutionFailedEventAttributes = a);

    public static HistoryEvent WorkflowExecutionTimedOut(Action<WorkflowExecutionTimedOutEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionTimedOut, set, (e, a) => e.WorkflowExecutionTimedOutEventAttributes = a);

    public static HistoryEvent WorkflowExecutionCanceled(Action<WorkflowExecutionCanceledEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionCanceled, set, (e, a) => e.WorkflowExecutionCanceledEventAttributes = a);

    public static HistoryEvent WorkflowExecutionTerminated(Action<WorkflowExecutionTerminatedEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionTerminated, set, (e, a) => e.WorkflowExecutionTerminatedEventAttributes = a);

    public static HistoryEvent WorkflowExecutionContinuedAsNew(Action<WorkflowExecutionContinuedAsNewEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionContinuedAsNew, set, (e, a) => e.WorkflowExecutionContinuedAsNewEventAttributes = a);

    public static HistoryEvent WorkflowExecutionOptionsUpdated(Action<WorkflowExecutionOptionsUpdatedEventAttributes>? set = null) =>
        Event(EventType.WorkflowExecutionOptionsUpdated, set, (e, a) => e.WorkflowExecutionOptionsUpdatedEventAttributes = a);

    public static HistoryEvent UpsertWorkflowSearchAttributes(Action<UpsertWorkflowSearchAttributesEventAttributes>? set = null) =>
        Event(EventType.UpsertWorkflowSearchAttributes, set, (e, a) => e.UpsertWorkflowSearchAttributesEventAttributes = a);

    public static HistoryEvent WorkflowPropertiesModified(Action<WorkflowPropertiesModifiedEventAttributes>? set = null) =>
        Event(EventType.WorkflowPropertiesModified, set, (e, a) => e.WorkflowPropertiesModifiedEventAttributes = a);

    public static HistoryEvent StartChildWorkflowExecutionInitiated(Action<StartChildWorkflowExecutionInitiatedEventAttributes>? set = null) =>
        Event(EventType.StartChildWorkflowExecutionInitiated, set, (e, a) => e.StartChildWorkflowExecutionInitiatedEventAttributes = a);

    public static HistoryEvent StartChildWorkflowExecutionFailed(Action<StartChildWorkflowExecutionFailedEventAttributes>? set = null) =>
        Event(EventType.StartChildWorkflowExecutionFailed, set, (e, a) => e.StartChildWorkflowExecutionFailedEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionStarted(Action<ChildWorkflowExecutionStartedEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionStarted, set, (e, a) => e.ChildWorkflowExecutionStartedEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionCompleted(Action<ChildWorkflowExecutionCompletedEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionCompleted, set, (e, a) => e.ChildWorkflowExecutionCompletedEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionFailed(Action<ChildWorkflowExecutionFailedEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionFailed, set, (e, a) => e.ChildWorkflowExecutionFailedEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionCanceled(Action<ChildWorkflowExecutionCanceledEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionCanceled, set, (e, a) => e.ChildWorkflowExecutionCanceledEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionTerminated(Action<ChildWorkflowExecutionTerminatedEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionTerminated, set, (e, a) => e.ChildWorkflowExecutionTerminatedEventAttributes = a);

    public static HistoryEvent ChildWorkflowExecutionTimedOut(Action<ChildWorkflowExecutionTimedOutEventAttributes>? set = null) =>
        Event(EventType.ChildWorkflowExecutionTimedOut, set, (e, a) => e.ChildWorkflowExecutionTimedOutEventAttributes = a);

    public static HistoryEvent SignalExternalWorkflowExecutionInitiated(Action<SignalExternalWorkflowExecutionInitiatedEventAttributes>? set = null) =>
        Event(EventType.SignalExternalWorkflowExecutionInitiated, set, (e, a) => e.SignalExternalWorkflowExecutionInitiatedEventAttributes = a);

    public static HistoryEvent SignalExternalWorkflowExecutionFailed(Action<SignalExternalWorkflowExecutionFailedEventAttributes>? set = null) =>
        Event(EventType.SignalExternalWorkflowExecutionFailed, set, (e, a) => e.SignalExternalWorkflowExecutionFailedEventAttributes = a);

    public static HistoryEvent ExternalWorkflowExecutionSignaled(Action<ExternalWorkflowExecutionSignaledEventAttributes>? set = null) =>
        Event(EventType.ExternalWorkflowExecutionSignaled, set, (e, a) => e.ExternalWorkflowExecutionSignaledEventAttributes = a);

    public static HistoryEvent RequestCancelExternalWorkflowExecutionInitiated(Action<RequestCancelExternalWorkflowExecutionInitiatedEventAttributes>? set = null) =>
        Event(EventType.RequestCancelExternalWorkflowExecutionInitiated, set, (e, a) => e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = a);

    public static HistoryEvent RequestCancelExternalWorkflowExecutionFailed(Action<RequestCancelExternalWorkflowExecutionFailedEventAttributes>? set = null) =>
        Event(EventType.RequestCancelExternalWorkflowExecutionFailed, set, (e, a) => e.RequestCancelExternalWorkflowExecutionFailedEventAttributes = a);

    public static HistoryEvent ExternalWorkflowExecutionCancelRequested(Action<ExternalWorkflowExecutionCancelRequestedEventAttributes>? set = null) =>
        Event(EventType.ExternalWorkflowExecutionCancelRequested, set, (e, a) => e.ExternalWorkflowExecutionCancelRequestedEventAttributes = a);

    private static HistoryEvent Event<TAttributes>(
        EventType type, Action<TAttributes>? set, Action<HistoryEvent, TAttributes> assign)
        where TAttributes : new()
    {
        var attributes = new TAttributes();
        set?.Invoke(attributes);
        var happened = new HistoryEvent { EventType = type };
        assign(happened, attributes);
        return happened;
    }
}
