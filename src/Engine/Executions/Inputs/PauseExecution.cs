using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Pauses a run: no task of it reaches a worker until it is unpaused. What workers have already may end.</summary>
internal sealed record PauseExecution(WorkflowKey Workflow, RunId? Run, PauseWorkflowExecutionRequest Request)
    : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (state.IsPaused)
        {
            return Request.RequestId.Length > 0 && state.Pause!.RequestId == Request.RequestId
                ? Decision.Answer(Done.Instance)
                : Decision.Reject(Rejection.FailedPrecondition("workflow is already paused."));
        }

        var draft = new Draft(state, context);
        if (state.Task is { IsStarted: false, IsTransient: false } waiting)
        {
            WorkflowTaskEvents.RecordFailed(
                draft,
                waiting,
                WorkflowTaskFailedCause.WorkflowPauseRequestedBeforeTaskStarted,
                failure: null,
                ForcedClose.ServiceIdentity);
        }

        draft.RecordOrBuffer(EventType.WorkflowExecutionPaused, e => e.WorkflowExecutionPausedEventAttributes =
            new WorkflowExecutionPausedEventAttributes
            {
                Identity = Request.Identity,
                Reason = Request.Reason,
                RequestId = Request.RequestId,
            });
        return Decision.Accept(draft, Done.Instance);
    }
}
