using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Batches;

/// <summary>What a <see cref="Batch"/> does.</summary>
public sealed record BatchPlan<TItem>
{
    /// <summary>Reads the page that begins at a cursor, null for the first, by an activity. It has to give the same page again when it is
    /// asked again: page by a key that does not change, not by a number of rows to skip.</summary>
    public required Func<string?, Task<BatchPage<TItem>>> ReadAsync { get; init; }

    /// <summary>What identifies an item among all items of the source.</summary>
    public required Func<TItem, string> KeyOf { get; init; }

    /// <summary>Does one item, by an activity that is given the key and has the token in its options.</summary>
    public required Func<BatchItem<TItem>, CancellationToken, Task> DoAsync { get; init; }

    /// <summary>Makes the next run's start with the progress that it goes on from, by <c>Workflow.CreateContinueAsNewException</c>.</summary>
    public required Func<BatchProgress, ContinueAsNewException> ContinueWith { get; init; }

    /// <summary>How many items of a page are under way at once, 1 or more; the default is 10.</summary>
    public int MaxParallel { get; init; } = 10;

    /// <summary>After how many pages the workflow continues as new, 1 or more; the default is 10. It does so earlier when the server
    /// suggests it, but not within a page: keep pages below some thousand items.</summary>
    public int PagesPerRun { get; init; } = 10;

    /// <summary>How many items may fail for good, in all runs, before the batch fails; the default is 100. They are handed on from run to
    /// run, so that it is no number of thousands.</summary>
    public int MaxSetAside { get; init; } = 100;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PagesPerRun, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSetAside);
    }
}
