using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>An action that is due and has not started yet.</summary>
/// <param name="Sequence">Its number in its schedule, by which everything that follows from it is known.</param>
/// <param name="Nominal">The time that the spec names.</param>
/// <param name="Due">The time with the jitter.</param>
/// <param name="Overlap">Unspecified means the schedule's policy at the time when it matters.</param>
/// <param name="IsManual">Asked for by a trigger or a backfill: pauses and limits do not touch it.</param>
internal sealed record BufferedStart(
    long Sequence, Instant Nominal, Instant Due, ScheduleOverlapPolicy Overlap, bool IsManual)
{
    /// <summary>0 while it waits for its turn, then how often it was or is being tried.</summary>
    public int Attempt { get; init; }

    /// <summary>When it is tried again; null while it is being tried.</summary>
    public Instant? RetryAt { get; init; }

    /// <summary>Whether others wait for its run to end. Runs that may overlap with all are waited for by nobody.</summary>
    public bool IsExclusive { get; init; } = true;

    public bool IsWaiting => Attempt == 0;

    public bool IsStarting => Attempt > 0 && RetryAt is null;
}
