using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Case = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace AugmentedOS.Testing.Histories;

/// <summary>What one event says, in a few words.</summary>
internal static class EventText
{
    public static string Of(HistoryEvent e) => e.AttributesCase switch
    {
        Case.ActivityTaskScheduledEventAttributes => Scheduled(e.ActivityTaskScheduledEventAttributes),
        Case.ActivityTaskStartedEventAttributes => Started(e.ActivityTaskStartedEventAttributes),
        Case.ActivityTaskCompletedEventAttributes => Result(
            e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
            PayloadText.Of(e.ActivityTaskCompletedEventAttributes.Result)),
        Case.ActivityTaskFailedEventAttributes => Result(
            e.ActivityTaskFailedEventAttributes.ScheduledEventId, Of(e.ActivityTaskFailedEventAttributes.Failure)),
        Case.ActivityTaskTimedOutEventAttributes => Result(
            e.ActivityTaskTimedOutEventAttributes.ScheduledEventId, Of(e.ActivityTaskTimedOutEventAttributes.Failure)),
        Case.ActivityTaskCanceledEventAttributes => Result(e.ActivityTaskCanceledEventAttributes.ScheduledEventId, ""),
        Case.ActivityTaskCancelRequestedEventAttributes =>
            Result(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, ""),
        Case.TimerStartedEventAttributes => $"timer {e.TimerStartedEventAttributes.TimerId} for "
            + HistoryText.Of(e.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan()),
        Case.TimerFiredEventAttributes => $"timer {e.TimerFiredEventAttributes.TimerId}",
        Case.TimerCanceledEventAttributes => $"timer {e.TimerCanceledEventAttributes.TimerId}",
        Case.MarkerRecordedEventAttributes => e.MarkerRecordedEventAttributes.MarkerName,
        _ => OfMessage(e),
    };

    /// <summary>A failure and its causes, outermost first.</summary>
    public static string Of(Failure? failure)
    {
        var said = new List<string>();
        for (var cause = failure; cause is not null; cause = cause.Cause)
        {
            var type = cause.ApplicationFailureInfo?.Type;
            said.Add(string.IsNullOrEmpty(type) ? cause.Message : $"{type}: {cause.Message}");
        }

        return string.Join(" <- ", said.Where(message => message.Length > 0));
    }

    private static string OfMessage(HistoryEvent e) => e.AttributesCase switch
    {
        Case.WorkflowExecutionSignaledEventAttributes => Call(
            e.WorkflowExecutionSignaledEventAttributes.SignalName,
            PayloadText.Of(e.WorkflowExecutionSignaledEventAttributes.Input)),
        Case.WorkflowExecutionUpdateAcceptedEventAttributes => Call(
            e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest?.Input?.Name,
            PayloadText.Of(e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest?.Input?.Args)),
        Case.WorkflowExecutionUpdateCompletedEventAttributes =>
            e.WorkflowExecutionUpdateCompletedEventAttributes.Outcome?.Failure is { } refused
                ? Of(refused)
                : PayloadText.Of(e.WorkflowExecutionUpdateCompletedEventAttributes.Outcome?.Success),
        Case.StartChildWorkflowExecutionInitiatedEventAttributes => Call(
            e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType.Name,
            PayloadText.Of(e.StartChildWorkflowExecutionInitiatedEventAttributes.Input))
            + $" '{e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId}'",
        Case.ChildWorkflowExecutionCompletedEventAttributes => Result(
            e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
            PayloadText.Of(e.ChildWorkflowExecutionCompletedEventAttributes.Result)),
        Case.ChildWorkflowExecutionFailedEventAttributes => Result(
            e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
            Of(e.ChildWorkflowExecutionFailedEventAttributes.Failure)),
        Case.SignalExternalWorkflowExecutionInitiatedEventAttributes => Call(
            e.SignalExternalWorkflowExecutionInitiatedEventAttributes.SignalName,
            PayloadText.Of(e.SignalExternalWorkflowExecutionInitiatedEventAttributes.Input))
            + $" to '{e.SignalExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution.WorkflowId}'",
        Case.WorkflowTaskFailedEventAttributes =>
            $"{e.WorkflowTaskFailedEventAttributes.Cause}: {Of(e.WorkflowTaskFailedEventAttributes.Failure)}",
        _ => OfRun(e),
    };

    private static string OfRun(HistoryEvent e) => e.AttributesCase switch
    {
        Case.WorkflowExecutionStartedEventAttributes => Call(
            e.WorkflowExecutionStartedEventAttributes.WorkflowType.Name,
            PayloadText.Of(e.WorkflowExecutionStartedEventAttributes.Input)),
        Case.WorkflowExecutionCompletedEventAttributes =>
            PayloadText.Of(e.WorkflowExecutionCompletedEventAttributes.Result),
        Case.WorkflowExecutionFailedEventAttributes => Of(e.WorkflowExecutionFailedEventAttributes.Failure),
        Case.WorkflowExecutionTerminatedEventAttributes => e.WorkflowExecutionTerminatedEventAttributes.Reason,
        Case.WorkflowExecutionCancelRequestedEventAttributes => e.WorkflowExecutionCancelRequestedEventAttributes.Cause,
        Case.WorkflowExecutionContinuedAsNewEventAttributes => Call(
            e.WorkflowExecutionContinuedAsNewEventAttributes.WorkflowType.Name,
            PayloadText.Of(e.WorkflowExecutionContinuedAsNewEventAttributes.Input)),
        _ => "",
    };

    private static string Scheduled(ActivityTaskScheduledEventAttributes scheduled) =>
        Call(scheduled.ActivityType.Name, PayloadText.Of(scheduled.Input));

    private static string Started(ActivityTaskStartedEventAttributes started)
    {
        var last = started.LastFailure is { } failure ? $", before: {Of(failure)}" : "";
        return Result(started.ScheduledEventId, started.Attempt > 1 ? $"attempt {started.Attempt}{last}" : "");
    }

    private static string Call(string? name, string arguments) => $"{name}({arguments})";

    /// <summary>What became of what event <paramref name="of"/> asked for.</summary>
    private static string Result(long of, string result) => result.Length == 0 ? $"of {of}" : $"of {of}: {result}";
}
