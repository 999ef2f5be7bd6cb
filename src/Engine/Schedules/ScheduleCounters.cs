namespace AugmentedOS.Engine.Schedules;

/// <summary>What a schedule has done and left undone since it was created.</summary>
internal readonly record struct ScheduleCounters(
    long Actions, long MissedCatchup, long OverlapSkipped, long BufferDropped);
