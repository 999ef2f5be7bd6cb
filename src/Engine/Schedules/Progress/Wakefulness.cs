namespace AugmentedOS.Engine.Schedules.Progress;

/// <summary>When a schedule must be looked at next.</summary>
internal static class Wakefulness
{
    /// <summary>How long a schedule that has nothing to do any more can still be seen and changed.</summary>
    private static readonly TimeSpan KeptIdle = TimeSpan.FromDays(7);

    /// <param name="isInAHurry">There is more to take up than one look does.</param>
    public static ScheduleState Plan(ScheduleState state, Instant now, bool isInAHurry)
    {
        // The limit may have been reached on the way here.
        state = state.MayAct ? state : state with { Next = null };
        Instant? at = isInAHurry ? now : state.Next?.At;
        foreach (var start in state.Buffer)
        {
            at = Earlier(at, start.RetryAt);
        }

        return state with { WakeAt = Earlier(at, EndsAt(state)) };
    }

    /// <summary>When it goes by itself; null while it has something to do, or is paused to go on later.</summary>
    public static Instant? EndsAt(ScheduleState state)
    {
        var hasWork = state.Next is not null || state.IsPaused || !state.Buffer.IsEmpty || !state.Backfills.IsEmpty
            || state.Actions.Any(action => action is { IsRunning: true, IsExclusive: true });
        if (hasWork)
        {
            return null;
        }

        var last = state.UpdatedAt ?? state.CreatedAt;
        foreach (var action in state.Actions)
        {
            last = action.StartedAt > last ? action.StartedAt : last;
        }

        return last + KeptIdle;
    }

    private static Instant? Earlier(Instant? left, Instant? right) =>
        left is null || (right is not null && right < left) ? right : left;
}
