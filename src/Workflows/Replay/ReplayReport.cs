namespace AugmentedOS.Workflows.Replay;

/// <summary>What came of replaying histories against a build.</summary>
public sealed record ReplayReport
{
    /// <summary>The build.</summary>
    public required string Build { get; init; }

    /// <summary>The runs that were replayed, in the order in which they were.</summary>
    public required IReadOnlyList<ReplayedRun> Runs { get; init; }

    /// <summary>The patches that the build declares or that histories have.</summary>
    public required IReadOnlyList<PatchCoverage> Patches { get; init; }

    /// <summary>Histories that were not replayed because the build does not have their type, by type.</summary>
    public required IReadOnlyDictionary<string, long> OtherTypes { get; init; }

    /// <summary>Runs that go on while the build does not have their type, by type.</summary>
    public required IReadOnlyDictionary<string, long> OpenRunsOfOtherTypes { get; init; }

    /// <summary>The runs that could not be replayed.</summary>
    public IEnumerable<ReplayedRun> Failed => Runs.Where(run => run.Problem is not null);

    /// <summary>The open runs that deploying the build would break, of those that were replayed.</summary>
    public IEnumerable<ReplayedRun> WouldBreak => Runs.Where(run => run.WouldBreak);

    /// <summary>The patch branches that no history led through.</summary>
    public IEnumerable<string> UncoveredBranches => Patches.SelectMany(patch => patch.Uncovered);

    /// <summary>Whether there was something to replay, and all of it was.</summary>
    public bool IsSuccess => Runs.Count > 0 && !Failed.Any();
}
