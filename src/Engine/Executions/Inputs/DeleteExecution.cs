using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Removes a run with its history; an open one is terminated first. Its parent and its children still learn of
/// that, and only then it goes.</summary>
internal sealed record DeleteExecution(WorkflowKey Workflow, RunId? Run) : RunInput(Workflow, Run)
{
    private const string Reason = "Delete workflow execution";

    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var draft = new Draft(state, context);
        if (state.IsRunning)
        {
            ForcedClose.Terminate(draft, Reason, ForcedClose.ServiceIdentity);
        }

        if (draft.State.PendingDeliveries.IsEmpty)
        {
            return Decision.Delete(draft, Done.Instance);
        }

        if (!state.IsDeletionRequested)
        {
            draft.Emit(new DeletionRequested());
        }

        return Decision.Accept(draft, Done.Instance);
    }
}
