using AugmentedOS.Testing.Histories;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Case = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace AugmentedOS.Testing.Golden;

/// <summary>What a workflow decided, and what it was told, without times, ids and payloads: the part of a history that
/// a developer means.</summary>
/// <remarks>When something started or completed is left out: side by side, that may come in another order each
/// time.</remarks>
internal static class HistoryShape
{
    public static IReadOnlyList<string> Of(WorkflowHistory history) =>
        [.. history.Events.Select(Line).OfType<string>()];

    /// <summary>The first line in which two shapes differ; null when they are the same.</summary>
    public static string? Difference(IReadOnlyList<string> golden, IReadOnlyList<string> now)
    {
        for (var index = 0; index < Math.Max(golden.Count, now.Count); index++)
        {
            var then = index < golden.Count ? golden[index] : "(nothing more)";
            var today = index < now.Count ? now[index] : "(nothing more)";
            if (then != today)
            {
                var before = index == 0 ? "first" : $"after {golden[index - 1]}";
                return $"  {before}\n  golden: {then}\n  now:    {today}";
            }
        }

        return null;
    }

    private static string? Line(HistoryEvent e) => e.AttributesCase switch
    {
        Case.WorkflowExecutionStartedEventAttributes =>
            $"start {e.WorkflowExecutionStartedEventAttributes.WorkflowType.Name}",
        Case.ActivityTaskScheduledEventAttributes =>
            $"activity {e.ActivityTaskScheduledEventAttributes.ActivityType.Name}",
        Case.ActivityTaskCancelRequestedEventAttributes => "cancel an activity",
        Case.TimerStartedEventAttributes =>
            $"timer {HistoryText.Of(e.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan())}",
        Case.TimerCanceledEventAttributes => "cancel a timer",
        Case.StartChildWorkflowExecutionInitiatedEventAttributes =>
            $"child {e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType.Name}",
        Case.SignalExternalWorkflowExecutionInitiatedEventAttributes =>
            $"send signal {e.SignalExternalWorkflowExecutionInitiatedEventAttributes.SignalName}",
        Case.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes => "cancel another workflow",
        Case.NexusOperationScheduledEventAttributes =>
            $"operation {e.NexusOperationScheduledEventAttributes.Service}."
            + $"{e.NexusOperationScheduledEventAttributes.Operation}",
        Case.MarkerRecordedEventAttributes => $"marker {EventText.Of(e)}",
        Case.UpsertWorkflowSearchAttributesEventAttributes => "set search attributes",
        Case.WorkflowPropertiesModifiedEventAttributes => "set memo",
        Case.WorkflowExecutionSignaledEventAttributes =>
            $"signal {e.WorkflowExecutionSignaledEventAttributes.SignalName}",
        Case.WorkflowExecutionUpdateAcceptedEventAttributes =>
            $"update {e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest?.Input?.Name}",
        Case.WorkflowExecutionCancelRequestedEventAttributes => "cancel requested",
        _ => End(e),
    };

    private static string? End(HistoryEvent e) => e.AttributesCase switch
    {
        Case.WorkflowExecutionCompletedEventAttributes => "complete",
        Case.WorkflowExecutionFailedEventAttributes => "fail",
        Case.WorkflowExecutionCanceledEventAttributes => "end as cancelled",
        Case.WorkflowExecutionContinuedAsNewEventAttributes => "continue as new",
        Case.WorkflowExecutionTerminatedEventAttributes => "terminated",
        Case.WorkflowExecutionTimedOutEventAttributes => "timed out",
        _ => null,
    };
}
