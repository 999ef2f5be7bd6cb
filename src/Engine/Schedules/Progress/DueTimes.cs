using AugmentedOS.Engine.Schedules.Spec;

namespace AugmentedOS.Engine.Schedules.Progress;

/// <summary>Takes the times that have come from the spec into the buffer.</summary>
internal static class DueTimes
{
    public static ScheduleState Take(ScheduleState state, Instant now)
    {
        if (!state.MayAct)
        {
            // Times that come while it may not act pass without a trace.
            return state with { DoneUntil = now > state.DoneUntil ? now : state.DoneUntil, Next = null };
        }

        var next = state.Next ?? state.Spec.Next(state.Seed, state.DoneUntil);
        if (next is null || next.Value.At > now)
        {
            return state with { Next = next };
        }

        var buffer = state.Buffer.ToBuilder();
        var (counters, doneUntil, sequence) = (state.Counters, state.DoneUntil, state.LastSequence);
        for (var taken = 0; taken < ScheduleProgress.TimesPerLook && next is { } due && due.At <= now; taken++)
        {
            if (now - due.At > state.CatchupWindow)
            {
                counters = counters with { MissedCatchup = counters.MissedCatchup + 1 };
            }
            else if (buffer.Count >= ScheduleProgress.MaxBuffer)
            {
                counters = counters with { BufferDropped = counters.BufferDropped + 1 };
            }
            else
            {
                buffer.Add(StartOf(due, ++sequence));
            }

            doneUntil = due.Nominal;
            next = state.Spec.Next(state.Seed, doneUntil);
        }

        return state with
        {
            Buffer = buffer.ToImmutable(),
            Counters = counters,
            DoneUntil = doneUntil,
            LastSequence = sequence,
            Next = next,
        };
    }

    private static BufferedStart StartOf(ScheduleTime due, long sequence) => new(
        sequence, due.Nominal, due.At, Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.Unspecified, IsManual: false);
}
