using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>What a run's last event says of its chain.</summary>
internal static class ChainEnd
{
    /// <summary>The run that goes on; empty when none does.</summary>
    public static string SuccessorOf(HistoryEvent closing) => closing.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            closing.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes =>
            closing.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
            closing.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
            closing.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        _ => "",
    };

    public static ClosedChain Of(RunState last) => last.Status switch
    {
        WorkflowExecutionStatus.Completed => new ClosedChain(
            last.Status, Result: last.CloseEvent!.WorkflowExecutionCompletedEventAttributes.Result),
        WorkflowExecutionStatus.Failed => new ClosedChain(
            last.Status, Failure: last.CloseEvent!.WorkflowExecutionFailedEventAttributes.Failure),
        _ => new ClosedChain(last.Status),
    };
}
