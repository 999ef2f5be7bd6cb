using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Api.History;

/// <summary>For clients that cannot follow a run to its retry or next cron run: they know continue-as-new only, and so
/// are shown that.</summary>
internal static class SucceededRun
{
    public static HistoryEvent Show(HistoryEvent closed)
    {
        var shown = closed.EventType switch
        {
            EventType.WorkflowExecutionCompleted => Of(closed.WorkflowExecutionCompletedEventAttributes),
            EventType.WorkflowExecutionFailed => Of(closed.WorkflowExecutionFailedEventAttributes),
            EventType.WorkflowExecutionTimedOut => Of(closed.WorkflowExecutionTimedOutEventAttributes),
            _ => null,
        };
        return shown is not { NewExecutionRunId.Length: > 0 }
            ? closed
            : new HistoryEvent
            {
                EventId = closed.EventId,
                EventTime = closed.EventTime,
                EventType = EventType.WorkflowExecutionContinuedAsNew,
                Version = closed.Version,
                TaskId = closed.TaskId,
                WorkflowExecutionContinuedAsNewEventAttributes = shown,
            };
    }

    private static WorkflowExecutionContinuedAsNewEventAttributes Of(
        WorkflowExecutionCompletedEventAttributes completed) => new()
        {
            NewExecutionRunId = completed.NewExecutionRunId,
            WorkflowTaskCompletedEventId = completed.WorkflowTaskCompletedEventId,
            LastCompletionResult = completed.Result,
            Initiator = ContinueAsNewInitiator.CronSchedule,
        };

    private static WorkflowExecutionContinuedAsNewEventAttributes Of(WorkflowExecutionFailedEventAttributes failed) =>
        new()
        {
            NewExecutionRunId = failed.NewExecutionRunId,
            WorkflowTaskCompletedEventId = failed.WorkflowTaskCompletedEventId,
            Failure = failed.Failure,
            Initiator = ContinueAsNewInitiator.Retry,
        };

    private static WorkflowExecutionContinuedAsNewEventAttributes Of(
        WorkflowExecutionTimedOutEventAttributes timedOut) => new()
        {
            NewExecutionRunId = timedOut.NewExecutionRunId,
            Failure = new Failure
            {
                Message = "workflow timeout",
                Source = "Server",
                TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose },
            },
            Initiator = ContinueAsNewInitiator.Retry,
        };
}
