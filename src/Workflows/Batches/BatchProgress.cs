namespace AugmentedOS.Workflows.Batches;

/// <summary>How far a batch is: the answer of the query <see cref="Batch.ProgressQuery"/>, what one run hands over to the next, and the
/// result.</summary>
public sealed record BatchProgress
{
    /// <summary>How many items were done, in all runs; items set aside are not among them.</summary>
    public long Done { get; init; }

    /// <summary>How many pages were done, in all runs.</summary>
    public long Pages { get; init; }

    /// <summary>Where the page that is under way begins; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Items that failed for good.</summary>
    public IReadOnlyList<BatchSetAside> SetAside { get; init; } = [];

    /// <summary>Whether no item is begun until it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the last page was done.</summary>
    public bool IsOver { get; init; }
}
