namespace AugmentedOS.Workflows.Versioning;

/// <summary>How thoroughly to look at what is open on patches.</summary>
public sealed record PatchInspection
{
    /// <summary>Whether closed runs count like open ones, as long as they are kept: then those can still be queried and
    /// reset after a patch is gone.</summary>
    public bool CountClosedRuns { get; init; }

    /// <summary>How many runs of each patch have their histories read; 100 unless it is said otherwise. What is beyond
    /// them counts as not deprecated.</summary>
    public int HistoriesRead { get; init; } = 100;

    /// <summary>How many runs are named of each patch.</summary>
    public int Examples { get; init; } = 5;
}
