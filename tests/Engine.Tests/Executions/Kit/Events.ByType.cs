using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>One builder an event type.</summary>
internal static partial class Events
{
    private const string Suffix = "EventAttributes";

    private static readonly Dictionary<string, FieldDescriptor> Attributes = HistoryEvent.Descriptor.Fields
        .InDeclarationOrder()
        .Where(field => field.RealContainingOneof is not null)
        .ToDictionary(field => field.MessageType.Name);

    public static HistoryEvent WorkflowTaskScheduled(
        Action<WorkflowTaskScheduledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowTaskStarted(Action<WorkflowTaskStartedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowTaskCompleted(
        Action<WorkflowTaskCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowTaskFailed(Action<WorkflowTaskFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowTaskTimedOut(Action<WorkflowTaskTimedOutEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskScheduled(
        Action<ActivityTaskScheduledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskStarted(Action<ActivityTaskStartedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskCompleted(
        Action<ActivityTaskCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskFailed(Action<ActivityTaskFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskTimedOut(Action<ActivityTaskTimedOutEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskCanceled(Action<ActivityTaskCanceledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ActivityTaskCancelRequested(
        Action<ActivityTaskCancelRequestedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent TimerStarted(Action<TimerStartedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent TimerFired(Action<TimerFiredEventAttributes>? set = null) => Of(set);

    public static HistoryEvent TimerCanceled(Action<TimerCanceledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent MarkerRecorded(Action<MarkerRecordedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionSignaled(
        Action<WorkflowExecutionSignaledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionPaused(
        Action<WorkflowExecutionPausedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionUnpaused(
        Action<WorkflowExecutionUnpausedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionCancelRequested(
        Action<WorkflowExecutionCancelRequestedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionCompleted(
        Action<WorkflowExecutionCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionFailed(
        Action<WorkflowExecutionFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionTimedOut(
        Action<WorkflowExecutionTimedOutEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionCanceled(
        Action<WorkflowExecutionCanceledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionTerminated(
        Action<WorkflowExecutionTerminatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionContinuedAsNew(
        Action<WorkflowExecutionContinuedAsNewEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionOptionsUpdated(
        Action<WorkflowExecutionOptionsUpdatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionUpdateAdmitted(
        Action<WorkflowExecutionUpdateAdmittedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionUpdateAccepted(
        Action<WorkflowExecutionUpdateAcceptedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowExecutionUpdateCompleted(
        Action<WorkflowExecutionUpdateCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent UpsertWorkflowSearchAttributes(
        Action<UpsertWorkflowSearchAttributesEventAttributes>? set = null) => Of(set);

    public static HistoryEvent WorkflowPropertiesModified(
        Action<WorkflowPropertiesModifiedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent StartChildWorkflowExecutionInitiated(
        Action<StartChildWorkflowExecutionInitiatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent StartChildWorkflowExecutionFailed(
        Action<StartChildWorkflowExecutionFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionStarted(
        Action<ChildWorkflowExecutionStartedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionCompleted(
        Action<ChildWorkflowExecutionCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionFailed(
        Action<ChildWorkflowExecutionFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionCanceled(
        Action<ChildWorkflowExecutionCanceledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionTerminated(
        Action<ChildWorkflowExecutionTerminatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ChildWorkflowExecutionTimedOut(
        Action<ChildWorkflowExecutionTimedOutEventAttributes>? set = null) => Of(set);

    public static HistoryEvent SignalExternalWorkflowExecutionInitiated(
        Action<SignalExternalWorkflowExecutionInitiatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent SignalExternalWorkflowExecutionFailed(
        Action<SignalExternalWorkflowExecutionFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ExternalWorkflowExecutionSignaled(
        Action<ExternalWorkflowExecutionSignaledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent RequestCancelExternalWorkflowExecutionInitiated(
        Action<RequestCancelExternalWorkflowExecutionInitiatedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent RequestCancelExternalWorkflowExecutionFailed(
        Action<RequestCancelExternalWorkflowExecutionFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent ExternalWorkflowExecutionCancelRequested(
        Action<ExternalWorkflowExecutionCancelRequestedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationScheduled(
        Action<NexusOperationScheduledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationStarted(
        Action<NexusOperationStartedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationCompleted(
        Action<NexusOperationCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationFailed(
        Action<NexusOperationFailedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationCanceled(
        Action<NexusOperationCanceledEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationTimedOut(
        Action<NexusOperationTimedOutEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationCancelRequested(
        Action<NexusOperationCancelRequestedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationCancelRequestCompleted(
        Action<NexusOperationCancelRequestCompletedEventAttributes>? set = null) => Of(set);

    public static HistoryEvent NexusOperationCancelRequestFailed(
        Action<NexusOperationCancelRequestFailedEventAttributes>? set = null) => Of(set);

    /// <summary>What an event says besides its id, time and type; null when it says nothing.</summary>
    public static IMessage? AttributesOf(HistoryEvent happened) => Attributes.Values
        .Where(field => field.Accessor.HasValue(happened))
        .Select(field => (IMessage)field.Accessor.GetValue(happened))
        .FirstOrDefault();

    /// <summary>The event whose attributes are of that type: their name is its name with a suffix.</summary>
    private static HistoryEvent Of<TAttributes>(Action<TAttributes>? set)
        where TAttributes : IMessage, new()
    {
        var attributes = new TAttributes();
        set?.Invoke(attributes);
        var name = attributes.Descriptor.Name;
        var happened = new HistoryEvent { EventType = Enum.Parse<EventType>(name[..^Suffix.Length]) };
        Attributes[name].Accessor.SetValue(happened, attributes);
        return happened;
    }
}
