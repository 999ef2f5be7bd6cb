using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Batches;

/// <summary>What a <see cref="Batch"/> does.</summary>
public sealed record BatchPlan<TItem>
{
    /// <summary>How many items may be set aside at most.</summary>
    internal const int MostSetAside = 1_000;

    /// <summary>Reads the page that begins at a cursor, null for the first, by an activity. It has to give the items from that cursor on
    /// again when it is asked again: page by a key that does not change, not by a number of rows to skip.</summary>
    public required Func<string?, Task<BatchPage<TItem>>> ReadAsync { get; init; }

    /// <summary>What identifies an item among all items of the source.</summary>
    public required Func<TItem, string> KeyOf { get; init; }

    /// <summary>Does one item, by an activity that is given the key and has the token in its options.</summary>
    public required Func<BatchItem<TItem>, CancellationToken, Task> DoAsync { get; init; }

    /// <summary>Makes the next run's start with the progress that it goes on from, by <c>Workflow.CreateContinueAsNewException</c>.</summary>
    public required Func<BatchProgress, ContinueAsNewException> ContinueWith { get; init; }

    /// <summary>How many items of a page are under way at once, 1 or more; the default is 10. Above about 50 a slow workflow task may be
    /// failed and repeated, since a server holds back at most 100 events for a task under way, and an activity's end is two.</summary>
    public int MaxParallel { get; init; } = 10;

    /// <summary>After how many pages the workflow continues as new, 1 or more; the default is 10. It does so earlier when the server
    /// suggests it, but not within a page.</summary>
    public int PagesPerRun { get; init; } = 10;

    /// <summary>How many items may be set aside before the batch fails, 0 to 1,000; the default is 100. They are handed on from run to
    /// run. Where thousands may fail, let the activity write them into a table and succeed.</summary>
    public int MaxSetAside { get; init; } = 100;

    /// <summary>How often items set aside are tried again after the last page, 0 (the default) or more. Their pages are read again, so
    /// that mended items are seen.</summary>
    public int RetryRounds { get; init; }

    /// <summary>How long to wait before each of these rounds; the default is one hour.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromHours(1);

    internal void Check()
    {
        Require(MaxParallel >= 1, $"have at least one item under way at a time, not {MaxParallel}", nameof(MaxParallel));
        Require(PagesPerRun >= 1, $"do at least one page in a run, not {PagesPerRun}", nameof(PagesPerRun));
        Require(
            MaxSetAside is >= 0 and <= MostSetAside,
            $"set aside 0 to {MostSetAside} items, not {MaxSetAside}, since they are handed on from run to run",
            nameof(MaxSetAside));
        Require(RetryRounds >= 0, $"try again never (0) or some times, not {RetryRounds}", nameof(RetryRounds));
        Require(RetryAfter > TimeSpan.Zero, $"wait for some time before it tries again, not {RetryAfter}", nameof(RetryAfter));
    }

    private static void Require(bool holds, string what, string property)
    {
        if (!holds)
        {
            throw new ArgumentException($"A batch has to {what}: set BatchPlan.{property}.");
        }
    }
}
