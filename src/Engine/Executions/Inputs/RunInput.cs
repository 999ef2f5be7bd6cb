namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>An input that makes sense only for a run that exists.</summary>
internal abstract record RunInput(WorkflowKey Workflow, RunId? Run) : Input(Workflow, Run)
{
    public sealed override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is not null)
        {
            return DecideOn(state, context);
        }

        return Decision.Reject(Missing);
    }

    /// <summary>The refusal when there is no such run.</summary>
    protected virtual Rejection Missing => Run is { } run
        ? Rejection.RunNotFound(Workflow, run)
        : Rejection.WorkflowNotFound(Workflow);

    protected abstract Decision DecideOn(RunState state, DecisionContext context);
}
