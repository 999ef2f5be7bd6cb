using AugmentedOS.Engine.Executions.Options;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Changes the options of an open run. Answers <see cref="UpdatedExecutionOptions"/>.</summary>
internal sealed record UpdateExecutionOptions(
    WorkflowKey Workflow, RunId? Run, UpdateWorkflowExecutionOptionsRequest Request) : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        var draft = new Draft(state, context);
        return OptionsUpdate.TryRecord(
            draft, Request.WorkflowExecutionOptions, Request.UpdateMask, Request.Identity, out var merged, out var refusal)
                ? Decision.Accept(draft, new UpdatedExecutionOptions(merged))
                : Decision.Reject(refusal);
    }
}
