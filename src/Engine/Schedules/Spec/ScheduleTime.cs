namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>A time at which something is to happen.</summary>
/// <param name="Nominal">As the spec says; a whole second.</param>
/// <param name="At">With the jitter: when it really is due.</param>
internal readonly record struct ScheduleTime(Instant Nominal, Instant At);
