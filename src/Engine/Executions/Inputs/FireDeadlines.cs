namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Time has passed: everything due happens, earliest first, in one transition.</summary>
internal sealed record FireDeadlines(RunKey Key) : Input(Key.Workflow, Key.Run)
{
    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is null || !IsDue(state, context))
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        var hasNews = false;
        while (draft.State.NextDeadline is { } due && due.At <= context.Now)
        {
            var before = draft.State;
            DeadlineHandling.Handle(draft, due);
            hasNews |= IsNewsForWorkflow(due.Kind, before, draft.State);
            if (draft.State.NextDeadline == due)
            {
                throw new InvalidOperationException($"{due.Kind} of {Key} was handled and is still due.");
            }
        }

        if (hasNews)
        {
            WorkflowTasks.Ensure(draft);
        }

        return Decision.Accept(draft, Done.Instance);
    }

    private static bool IsDue(RunState state, DecisionContext context) =>
        state.NextDeadline is { } due && due.At <= context.Now;

    /// <summary>An attempt that is retried, or a workflow task that times out, tells the workflow nothing.</summary>
    private static bool IsNewsForWorkflow(DeadlineKind kind, RunState before, RunState after) =>
        kind is not (DeadlineKind.WorkflowTaskScheduleToStart or DeadlineKind.WorkflowTaskStartToClose
            or DeadlineKind.FirstTaskBackoff or DeadlineKind.RunTimeout or DeadlineKind.FastForward)
        && (after.NextEventId != before.NextEventId || after.Buffered.Count != before.Buffered.Count);
}
