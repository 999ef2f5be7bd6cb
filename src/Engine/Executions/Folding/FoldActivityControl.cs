using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of what operators do to activities.</summary>
internal static class FoldActivityControl
{
    public static RunState Paused(RunState state, ActivityPaused paused)
    {
        var activity = state.Activities[paused.ScheduledEventId];
        return FoldActivities.Replace(state, activity, activity with
        {
            Pause = new ActivityPause(paused.At, paused.Identity, paused.Reason, paused.RequestId),
        });
    }

    public static RunState Unpaused(RunState state, ActivityUnpaused unpaused)
    {
        var activity = state.Activities[unpaused.ScheduledEventId];
        var after = activity with { Pause = null, Attempt = unpaused.ResetAttempts ? 1 : activity.Attempt };
        after = unpaused.ResetHeartbeat ? WithoutHeartbeat(after) : after;
        after = after.IsStarted ? after : Waiting(after, unpaused.At, unpaused.DueAt);
        return FoldActivities.Replace(state, activity, after);
    }

    public static RunState WasReset(RunState state, ActivityWasReset reset)
    {
        var activity = state.Activities[reset.ScheduledEventId];
        var after = activity with { Attempt = 1, Pause = reset.KeepPaused ? activity.Pause : null };
        if (after.IsStarted)
        {
            after = after with { IsReset = true, ForgetsHeartbeat = after.ForgetsHeartbeat || reset.ResetHeartbeat };
        }
        else
        {
            after = reset.ResetHeartbeat ? WithoutHeartbeat(after) : after;
            after = after.Pause is null ? Waiting(after, reset.At, reset.DueAt)
                : state.Activity is null ? after
                : Waiting(after, reset.At, reset.At);
        }

        return FoldActivities.Replace(state, activity, after);
    }

    /// <summary>A retry that waits does so by the new policy.</summary>
    public static RunState OptionsChanged(RunState state, ActivityOptionsChanged changed)
    {
        var activity = state.Activities[changed.ScheduledEventId];
        var original = activity.Scheduled;
        var after = activity with
        {
            Attributes = changed.Attributes,
            Original = changed.Attributes.Equals(original) ? null : original,
        };
        if (state.Activity is not null)
        {
            after = FoldStandaloneActivity.OptionsChanged(activity, after, changed);
        }
        else if (after is { WaitsForRetry: true, Pause: null, LastAttemptCompletedAt: { } failedAt })
        {
            var due = failedAt + RetryPolicies.Interval(changed.Attributes.RetryPolicy, after.Attempt - 1);
            after = Waiting(after, changed.At, due);
        }

        return FoldActivities.Replace(state, activity, after);
    }

    /// <summary>One that is dispatched at a time, which may be now.</summary>
    public static PendingActivity Waiting(PendingActivity activity, Instant at, Instant dueAt) => activity with
    {
        ScheduledAt = dueAt,
        WaitsForRetry = dueAt > at,
    };

    private static PendingActivity WithoutHeartbeat(PendingActivity activity) =>
        activity with { HeartbeatDetails = null, LastHeartbeatAt = null };
}
