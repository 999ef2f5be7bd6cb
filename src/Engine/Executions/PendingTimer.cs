namespace AugmentedOS.Engine.Executions;

/// <summary>A timer that has neither fired nor been cancelled.</summary>
internal sealed record PendingTimer(string TimerId, long StartedEventId, Instant FiresAt)
{
    public Deadline Deadline => new(FiresAt, DeadlineKind.Timer, StartedEventId, TimerId);
}
