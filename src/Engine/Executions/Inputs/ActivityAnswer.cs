namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Something that a worker, or an outside completer, says of an activity.</summary>
internal abstract record ActivityAnswer(WorkflowKey Workflow, RunId? Run, ActivityTarget Target)
    : RunInput(Workflow, Run)
{
    /// <summary>Whether an attempt must be running. An outside completer may know the result before any worker has
    /// taken the activity.</summary>
    protected virtual bool NeedsStarted => true;

    protected sealed override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (Refuse() is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (Target.Find(state) is not { } activity)
        {
            return Decision.Reject(Target.NotFound);
        }

        return NeedsStarted && !activity.IsStarted
            ? Decision.Reject(ActivityTarget.NotRunning)
            : DecideOn(new Draft(state, context), activity);
    }

    /// <summary>What is wrong with the request whatever the state; null when nothing is.</summary>
    protected virtual Rejection? Refuse() => null;

    protected abstract Decision DecideOn(Draft draft, PendingActivity activity);
}
