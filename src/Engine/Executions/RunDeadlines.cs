namespace AugmentedOS.Engine.Executions;

/// <summary>What time will do to a run next.</summary>
internal static class RunDeadlines
{
    public static Deadline? Next(RunState state)
    {
        if (state.IsClosed)
        {
            // A closed run has only this left to do: to tell who waits for its end.
            return state.Nexus.CallbackDeadlines.IsEmpty ? null : state.Nexus.CallbackDeadlines.Min;
        }

        Deadline? next = state.Deadlines.IsEmpty ? null : state.Deadlines.Min;
        if (state.RunExpiresAt is { } expiry)
        {
            Offer(new Deadline(expiry, DeadlineKind.RunTimeout));
        }

        // A backoff that ends before a child's parent knows of it lasts until it does, and in a pause until its end.
        if (state.InFirstTaskBackoff && !state.AwaitsParent && !state.IsPaused)
        {
            Offer(new Deadline(state.FirstTaskAt, DeadlineKind.FirstTaskBackoff));
        }

        if (!state.Nexus.CallbackDeadlines.IsEmpty)
        {
            Offer(state.Nexus.CallbackDeadlines.Min);
        }

        if (state.Time?.PendingFastForward is { } end)
        {
            Offer(new Deadline(end, DeadlineKind.FastForward));
        }

        if (state.Task is { NextDeadline: { } due } task)
        {
            Offer(new Deadline(
                due,
                task.IsStarted ? DeadlineKind.WorkflowTaskStartToClose : DeadlineKind.WorkflowTaskScheduleToStart));
        }

        return next;

        void Offer(Deadline candidate)
        {
            if (next is null || candidate < next.Value)
            {
                next = candidate;
            }
        }
    }
}
