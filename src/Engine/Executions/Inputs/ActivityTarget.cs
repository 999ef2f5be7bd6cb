namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Which activity a worker answers: the attempt that its task token names, or whichever attempt of an
/// activity id is running.</summary>
internal abstract record ActivityTarget
{
    private const string Gone = "invalid activityID or activity already timed out or invoking workflow is completed";

    private ActivityTarget()
    {
    }

    /// <summary>The refusal of an answer to an attempt that does not run (any more).</summary>
    public static Rejection NotRunning { get; } = Rejection.NotFound(Gone);

    /// <summary>The token of an attempt that is running.</summary>
    public static ByToken Of(PendingActivity started) =>
        new(started.ScheduledEventId, started.Attempt, started.StartedAt ?? default);

    /// <summary>Whether no workflow scheduled it.</summary>
    public bool IsStandalone { get; init; }

    /// <summary>The pending activity, started or not; null when it is gone or another attempt has begun.</summary>
    public abstract PendingActivity? Find(RunState state);

    /// <summary>The refusal when <see cref="Find"/> comes back empty-handed.</summary>
    public abstract Rejection NotFound { get; }

    /// <summary>What a task token says. An attempt's token is dead once the next attempt is scheduled.</summary>
    public sealed record ByToken(long ScheduledEventId, int Attempt, Instant StartedAt) : ActivityTarget
    {
        public override Rejection NotFound => NotRunning;

        public override PendingActivity? Find(RunState state) =>
            state.Activities.TryGetValue(ScheduledEventId, out var activity)
            && activity.Attempt == Attempt && activity.StartedAt == StartedAt
                ? activity
                : null;
    }

    /// <summary>For those who complete activities from outside a worker.</summary>
    public sealed record ById(string ActivityId) : ActivityTarget
    {
        public override Rejection NotFound => Rejection.NotFound(
            $"cannot find pending activity with ActivityID {ActivityId}, "
            + "check workflow execution history for more details");

        public override PendingActivity? Find(RunState state) =>
            state.ActivityIds.TryGetValue(ActivityId, out var scheduledEventId)
                ? state.Activities[scheduledEventId]
                : null;
    }
}
