using AugmentedOS.Engine.Executions.ActivityControl;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>What an operator does to pending activities of a run. History does not show it.</summary>
internal abstract record ActivityCommand(WorkflowKey Workflow, RunId? Run, ActivitySelection Selection)
    : RunInput(Workflow, Run)
{
    protected sealed override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        var selected = Selection.Find(state);
        if (selected.Count == 0)
        {
            return Decision.Reject(ActivitySelection.NotFound);
        }

        var draft = new Draft(state, context);
        foreach (var activity in selected)
        {
            if (Apply(draft, activity) is { } refusal)
            {
                return Decision.Reject(refusal);
            }
        }

        return Decision.Accept(draft, Reply(draft.State.Activities[selected[^1].ScheduledEventId]));
    }

    /// <summary>Refuses, or adds the facts.</summary>
    protected abstract Rejection? Apply(Draft draft, PendingActivity activity);

    /// <param name="last">The last of the activities, as it is now.</param>
    protected virtual object Reply(PendingActivity last) => Done.Instance;
}
