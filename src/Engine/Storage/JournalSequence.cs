namespace AugmentedOS.Engine.Storage;

/// <summary>
/// A transition's place in its run's journal, made so that history can be entered at any event id with one seek: the
/// id of the next event when the transition began, then a counter for transitions that add no event.
/// </summary>
internal static class JournalSequence
{
    private const int CounterBits = 24;

    /// <summary>The sequence of a run's first transition.</summary>
    public static long First => 1L << CounterBits;

    /// <summary>The sequence after <paramref name="last"/> for a transition whose first new event would get
    /// <paramref name="nextEventId"/>.</summary>
    public static long Next(long last, long nextEventId) => Math.Max(last + 1, nextEventId << CounterBits);

    /// <summary>The highest sequence whose transition can hold this event as its first.</summary>
    public static long LastFor(long eventId) => ((eventId + 1) << CounterBits) - 1;
}
