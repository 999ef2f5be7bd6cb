using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks a run to carry out an update, or after one that it has been asked for before. Answers
/// <see cref="UpdateStanding"/>; what becomes of the update later, the waiter is told.</summary>
/// <param name="Request">Its update id is set.</param>
internal sealed record UpdateExecution(
    WorkflowKey Workflow, RunId? Run, UpdateWorkflowExecutionRequest Request, UpdateWaiter Waiter)
    : RunInput(Workflow, Run), IUpdateInput
{
    Request? IUpdateInput.Asked => Request.Request;

    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        ChainedRun.IsOf(state, Request.FirstExecutionRunId)
            ? UpdateAdmission.Decide(state, Request.Request, context)
            : Decision.Reject(ChainedRun.NotFound());
}
