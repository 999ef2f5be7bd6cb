using AugmentedOS.Engine.Schedules.Progress;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>What a patch does to a schedule, at its creation or later.</summary>
internal static class SchedulePatching
{
    /// <summary>A backfill begins at its first second: times are counted from the one before.</summary>
    private static readonly TimeSpan Inclusive = TimeSpan.FromMilliseconds(1);

    /// <summary>Why it cannot be applied; null when it can.</summary>
    public static Rejection? Check(int backfills, SchedulePatch? patch) =>
        backfills + (patch?.BackfillRequest.Count ?? 0) > Backfilling.MaxBackfills
            ? ScheduleRejections.TooManyBackfills()
            : null;

    public static ScheduleState Apply(ScheduleState state, SchedulePatch? patch, Instant now)
    {
        if (patch is null)
        {
            return state;
        }

        // Both in one patch: paused, and then not.
        state = patch.Pause.Length > 0 ? state with { IsPaused = true, Notes = patch.Pause } : state;
        state = patch.Unpause.Length > 0 ? Unpause(state, patch.Unpause, now) : state;
        state = patch.TriggerImmediately is { } trigger ? Trigger(state, trigger, now) : state;
        return state with
        {
            Backfills = state.Backfills.AddRange(patch.BackfillRequest.Select(request => new Backfill(
                Instant.From(request.StartTime ?? new()) + -Inclusive,
                Instant.From(request.EndTime ?? new()),
                request.OverlapPolicy))),
        };
    }

    private static ScheduleState Unpause(ScheduleState state, string notes, Instant now) => state with
    {
        IsPaused = false,
        Notes = notes,

        // What came while it was paused is past.
        DoneUntil = state.IsPaused && now > state.DoneUntil ? now : state.DoneUntil,
    };

    private static ScheduleState Trigger(ScheduleState state, TriggerImmediatelyRequest trigger, Instant now)
    {
        if (state.Buffer.Count >= ScheduleProgress.MaxBuffer)
        {
            return state with { Counters = state.Counters with { BufferDropped = state.Counters.BufferDropped + 1 } };
        }

        var sequence = state.LastSequence + 1;
        var at = trigger.ScheduledTime is { } given ? Instant.From(given) : now;
        return state with
        {
            LastSequence = sequence,
            Buffer = state.Buffer.Add(new BufferedStart(sequence, at, at, trigger.OverlapPolicy, IsManual: true)),
        };
    }
}
