using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Reads the deadlines of idle runs from the index in windows, so that far ones cost no memory.</summary>
/// <remarks>
/// Each window is read when half of the one before is left: a run that became idle while the index was being read is
/// found by the next reading, before it is due.
/// </remarks>
internal sealed class WakeUpHorizon(IJournal journal, Shards shards, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan Interval = Window / 2;

    public void Extend()
    {
        // Where time can be skipped, whatever is due next may be due next: all of it is remembered.
        var until = time is SkippingClock ? Instant.MaxValue : Instant.From(time.GetUtcNow()) + Window;
        shards.PostToAll(() => new ExtendHorizon(until));
        foreach (var wakeUp in journal.WakeUps(until))
        {
            shards.Post(wakeUp.Run, new ExpectWakeUp(wakeUp.Run, wakeUp.At));
        }
    }
}
