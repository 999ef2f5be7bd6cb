using System.Globalization;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Events in words, and the commands that they come from.</summary>
internal static class EventText
{
    private const string LocalActivityMarker = "core_local_activity";

    /// <summary>An event with what tells it from others of its kind.</summary>
    public static string Describe(HistoryEvent recorded) =>
        NameOf(recorded) is { Length: > 0 } name ? $"{recorded.EventType} '{name}'" : recorded.EventType.ToString();

    /// <summary>A command in words.</summary>
    public static string Describe(CommandKind kind, string name) => kind switch
    {
        CommandKind.Activity => $"activity '{name}'",
        CommandKind.LocalActivity => $"local activity '{name}'",
        CommandKind.Timer => $"timer of {name}",
        CommandKind.ChildWorkflow => $"child workflow '{name}'",
        CommandKind.SignalExternal => $"signal '{name}' to a workflow",
        CommandKind.CancelExternal => $"cancellation of workflow '{name}'",
        CommandKind.NexusOperation => $"Nexus operation '{name}'",
        CommandKind.Patch => $"patch '{name}'",
        CommandKind.UpsertSearchAttributes => "upsert of search attributes",
        CommandKind.UpsertMemo => "upsert of the memo",
        CommandKind.ContinueAsNew => $"continue-as-new of '{name}'",
        CommandKind.Complete => "end of the workflow, with its result",
        CommandKind.Fail => $"failure of the workflow ({name})",
        CommandKind.Cancel => "end of the workflow, cancelled",
        CommandKind.Update => "answer to an update",
        _ => kind.ToString(),
    };

    /// <summary>What kind of command an event was recorded for; null for one that no command made.</summary>
    public static CommandKind? KindOf(HistoryEvent recorded) => recorded.EventType switch
    {
        EventType.ActivityTaskScheduled => CommandKind.Activity,
        EventType.TimerStarted => CommandKind.Timer,
        EventType.StartChildWorkflowExecutionInitiated => CommandKind.ChildWorkflow,
        EventType.SignalExternalWorkflowExecutionInitiated => CommandKind.SignalExternal,
        EventType.RequestCancelExternalWorkflowExecutionInitiated => CommandKind.CancelExternal,
        EventType.NexusOperationScheduled => CommandKind.NexusOperation,
        EventType.UpsertWorkflowSearchAttributes => CommandKind.UpsertSearchAttributes,
        EventType.WorkflowPropertiesModified => CommandKind.UpsertMemo,
        EventType.WorkflowExecutionContinuedAsNew => CommandKind.ContinueAsNew,
        EventType.WorkflowExecutionCompleted => CommandKind.Complete,
        EventType.WorkflowExecutionFailed => CommandKind.Fail,
        EventType.WorkflowExecutionCanceled => CommandKind.Cancel,
        EventType.MarkerRecorded => recorded.MarkerRecordedEventAttributes.MarkerName switch
        {
            LocalActivityMarker => CommandKind.LocalActivity,
            PatchMarker.MarkerName => CommandKind.Patch,
            _ => null,
        },
        _ => null,
    };

    /// <summary>What tells an event from others of its kind; empty where nothing does.</summary>
    public static string NameOf(HistoryEvent recorded) => recorded.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes =>
            recorded.ActivityTaskScheduledEventAttributes.ActivityType.Name,
        HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes =>
            recorded.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan()
                .ToString("c", CultureInfo.InvariantCulture),
        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes =>
            recorded.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType.Name,
        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionInitiatedEventAttributes =>
            recorded.SignalExternalWorkflowExecutionInitiatedEventAttributes.SignalName,
        HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes =>
            recorded.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution.WorkflowId,
        HistoryEvent.AttributesOneofCase.NexusOperationScheduledEventAttributes =>
            $"{recorded.NexusOperationScheduledEventAttributes.Service}."
            + $"{recorded.NexusOperationScheduledEventAttributes.Operation}",
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            recorded.WorkflowExecutionContinuedAsNewEventAttributes.WorkflowType.Name,
        HistoryEvent.AttributesOneofCase.MarkerRecordedEventAttributes =>
            PatchMarker.Read(recorded)?.PatchId ?? recorded.MarkerRecordedEventAttributes.MarkerName,
        _ => "",
    };
}
