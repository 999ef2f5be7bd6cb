namespace AugmentedOS.Engine.Executions;

/// <summary>Something that will happen to a run when its time comes.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="EventId">The activity's SCHEDULED or the timer's STARTED event; 0 for the run's own deadlines.</param>
/// <param name="TimerId">The timer's id, for timers.</param>
internal readonly record struct Deadline(Instant At, DeadlineKind Kind, long EventId = 0, string? TimerId = null)
    : IComparable<Deadline>
{
    public int CompareTo(Deadline other)
    {
        var byTime = At.CompareTo(other.At);
        if (byTime != 0)
        {
            return byTime;
        }

        var byEvent = EventId.CompareTo(other.EventId);
        return byEvent != 0 ? byEvent : Kind.CompareTo(other.Kind);
    }

    public static bool operator <(Deadline left, Deadline right) => left.CompareTo(right) < 0;

    public static bool operator >(Deadline left, Deadline right) => left.CompareTo(right) > 0;

    public static bool operator <=(Deadline left, Deadline right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Deadline left, Deadline right) => left.CompareTo(right) >= 0;
}
