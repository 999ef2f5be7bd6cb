using AugmentedOS.Pilot.Desk;

namespace AugmentedOS.Pilot.Progress;

/// <summary>Where the work stands at one moment.</summary>
/// <param name="Received">Files handed in.</param>
/// <param name="Done">Files about which the last word is spoken.</param>
/// <param name="Counts">What the desk's records say.</param>
/// <param name="Elapsed">Since the run began.</param>
/// <param name="SettledBefore">Claims that an earlier run had settled.</param>
internal sealed record Standing(int Received, int Done, DeskCounts Counts, TimeSpan Elapsed, int SettledBefore)
{
    public int Settled => SettledIn(Counts);

    public int Remaining => Received - Done;

    public double PerSecond => Elapsed > TimeSpan.Zero ? (Settled - SettledBefore) / Elapsed.TotalSeconds : 0;

    public static int SettledIn(DeskCounts counts) =>
        counts.At(ClaimStage.Posted) + Rejected(counts) + counts.At(ClaimStage.Failed);

    public static int Rejected(DeskCounts counts) => counts.At(ClaimStage.Rejected) + counts.At(ClaimStage.Duplicate);

    /// <summary>The counts as one line; it stays the same while nothing moves.</summary>
    public string Line =>
        $"received {Received} · extracted {Counts.Files} · waiting for approval {Counts.At(ClaimStage.Waiting)}"
        + $" · posted {Counts.At(ClaimStage.Posted)} · rejected {Rejected(Counts)}"
        + $" · failed {Counts.At(ClaimStage.Failed)} · {Remaining} files remaining";
}
