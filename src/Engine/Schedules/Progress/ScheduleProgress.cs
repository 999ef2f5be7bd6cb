namespace AugmentedOS.Engine.Schedules.Progress;

/// <summary>Brings a schedule to a point in time: what is due goes into the buffer, what may start leaves it, and the
/// schedule knows when to look next. Everything that happens to a schedule ends here.</summary>
internal static class ScheduleProgress
{
    /// <summary>How many times one look takes from the spec, so that years of downtime delay nobody else.</summary>
    public const int TimesPerLook = 10_000;

    /// <summary>How many actions may wait.</summary>
    public const int MaxBuffer = 1000;

    public static ScheduleState Of(ScheduleState state, Instant now)
    {
        state = DueTimes.Take(state, now);
        var times = TimesPerLook;
        bool hasMore;
        do
        {
            // What a backfill adds may be skipped at once, and then there is room for more.
            (state, hasMore) = Backfilling.Take(state, now, ref times);
            state = Overlaps.Resolve(state, now);
        }
        while (hasMore && times > 0 && Backfilling.HasRoom(state));

        return Wakefulness.Plan(state, now, isInAHurry: hasMore && times <= 0);
    }
}
