namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Something that a worker, or an outside completer, says of an activity.</summary>
internal abstract record ActivityAnswer(WorkflowKey Workflow, RunId? Run, ActivityTarget Target)
    : RunInput(Workflow, Run)
{
    /// <summary>Whether an attempt must be running. An outside completer may know the result before any worker has
    /// taken the activity.</summary>
    protected virtual bool NeedsStarted => true;

    /// <summary>Of an activity without a workflow a server says no more than that.</summary>
    protected sealed override Rejection Missing => Target.IsStandalone
        ? Rejection.NotFound($"activity not found for ID: {Workflow.WorkflowId}")
        : base.Missing;

    protected sealed override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (Refuse() is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Target.IsStandalone ? Missing : Rejection.AlreadyCompleted());
        }

        if (Target.Find(state) is not { } activity)
        {
            return Decision.Reject(Target.IsStandalone ? Missing : Target.NotFound);
        }

        return NeedsStarted && !activity.IsStarted
            ? Decision.Reject(Target.IsStandalone ? Missing : ActivityTarget.NotRunning)
            : DecideOn(new Draft(state, context), activity);
    }

    /// <summary>What is wrong with the request whatever the state; null when nothing is.</summary>
    protected virtual Rejection? Refuse() => null;

    protected abstract Decision DecideOn(Draft draft, PendingActivity activity);
}
