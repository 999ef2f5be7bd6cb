namespace AugmentedOS.Workflows.Batches;

/// <summary>How far a batch is: the answer of the query <see cref="Batch.ProgressQuery"/>, what one run hands over to the next, and the
/// result.</summary>
/// <remarks>The query also answers for a batch that failed, was cancelled or terminated. What it answers can be given to a new
/// workflow, which goes on at the page that was under way: items of that page which were done are done again, with the same keys.
/// </remarks>
public sealed record BatchProgress
{
    /// <summary>The id of the workflow that began the batch, with which the keys of its items begin.</summary>
    public string? BatchId { get; init; }

    /// <summary>When the batch began (UTC).</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>How many items were done, in all runs; items set aside are not among them.</summary>
    public long Done { get; init; }

    /// <summary>How many of <see cref="Done"/> are of the page that is under way.</summary>
    public int DoneOfPage { get; init; }

    /// <summary>How many pages were done, in all runs.</summary>
    public long Pages { get; init; }

    /// <summary>Where the page that is under way begins; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the last page was done: only items set aside are left.</summary>
    public bool IsRead { get; init; }

    /// <summary>Items that failed for good, of pages that were done.</summary>
    public IReadOnlyList<BatchSetAside> SetAside { get; init; } = [];

    /// <summary>How many rounds were begun in which items set aside are tried again.</summary>
    public int Round { get; init; }

    /// <summary>Whether no item is begun until it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether there is nothing left to do.</summary>
    public bool IsOver { get; init; }

    /// <summary>The progress to start a new workflow with that tries the items set aside again, at once and nothing else: after a
    /// person has mended what made them fail. Their keys stay the same.</summary>
    public BatchProgress RetrySetAside() => this with
    {
        IsOver = false,
        IsPaused = false,
        Round = 0,
        SetAside = [.. SetAside.Select(item => item with { Tried = 0 })],
    };
}
