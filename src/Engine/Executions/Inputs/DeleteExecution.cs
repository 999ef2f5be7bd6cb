namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Removes a run with its history; an open one is terminated first.</summary>
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

        return Decision.Delete(draft, Done.Instance);
    }
}
