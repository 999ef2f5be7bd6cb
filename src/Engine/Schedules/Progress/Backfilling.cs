namespace AugmentedOS.Engine.Schedules.Progress;

/// <summary>Takes the times of backfills into the buffer, as far as there is room: they never crowd out the times that
/// come by themselves.</summary>
internal static class Backfilling
{
    /// <summary>How many at the same time.</summary>
    public const int MaxBackfills = 100;

    private const int Room = 100;

    public static bool HasRoom(ScheduleState state) => state.Buffer.Count < Room;

    /// <returns>And whether there is more to take.</returns>
    /// <param name="times">How many times may still be looked at.</param>
    public static (ScheduleState State, bool HasMore) Take(ScheduleState state, Instant now, ref int times)
    {
        while (!state.Backfills.IsEmpty && HasRoom(state) && times > 0)
        {
            times--;
            var current = state.Backfills[0];
            if (state.Spec.Next(state.Seed, current.DoneUntil) is not { } next || next.At > current.End)
            {
                state = state with { Backfills = state.Backfills.RemoveAt(0) };
                continue;
            }

            var sequence = state.LastSequence + 1;
            state = state with
            {
                Backfills = state.Backfills.SetItem(0, current with { DoneUntil = next.Nominal }),
                Buffer = state.Buffer.Add(
                    new BufferedStart(sequence, next.Nominal, next.At, current.Overlap, IsManual: true)),
                LastSequence = sequence,
            };
        }

        return (state, !state.Backfills.IsEmpty);
    }
}
