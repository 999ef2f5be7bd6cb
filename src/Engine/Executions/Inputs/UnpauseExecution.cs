using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Lets a paused run go on: its activities are dispatched again, and one workflow task takes up all that
/// happened meanwhile.</summary>
internal sealed record UnpauseExecution(WorkflowKey Workflow, RunId? Run, UnpauseWorkflowExecutionRequest Request)
    : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (!state.IsPaused)
        {
            return Decision.Reject(Rejection.FailedPrecondition("workflow is not paused."));
        }

        var draft = new Draft(state, context);
        draft.RecordOrBuffer(EventType.WorkflowExecutionUnpaused, e => e.WorkflowExecutionUnpausedEventAttributes =
            new WorkflowExecutionUnpausedEventAttributes
            {
                Identity = Request.Identity,
                Reason = Request.Reason,
                RequestId = Request.RequestId,
            });
        if (state.CancelRequested)
        {
            FirstTaskBackoff.End(draft); // The request could not end it in the pause.
        }

        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
