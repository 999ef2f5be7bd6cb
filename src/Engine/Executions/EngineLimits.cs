namespace AugmentedOS.Engine.Executions;

/// <summary>The engine's limits; the defaults are those of a Temporal server. Sizes are in bytes.</summary>
internal sealed record EngineLimits
{
    public static EngineLimits Default { get; } = new();

    public int MaxIdLength { get; init; } = 1000;

    /// <summary>How much is kept of a failure that is over <see cref="BlobSizeError"/>.</summary>
    public int BlobSizeWarn { get; init; } = 512 * 1024;

    /// <summary>How large the failure may be that an activity carries from attempt to attempt.</summary>
    public int ActivityFailureSize { get; init; } = 4 * 1024;

    public int BlobSizeError { get; init; } = 2 * 1024 * 1024;

    public int MemoSizeError { get; init; } = 2 * 1024 * 1024;

    public long HistorySizeSuggest { get; init; } = 4L * 1024 * 1024;

    public long HistorySizeError { get; init; } = 50L * 1024 * 1024;

    public long HistoryCountSuggest { get; init; } = 4096;

    public long HistoryCountError { get; init; } = 51_200;

    public int MaxSignals { get; init; } = 10_000;

    public int MaxPendingActivities { get; init; } = 2000;

    public int MaxPendingChildren { get; init; } = 2000;

    public int MaxPendingSignals { get; init; } = 2000;

    public int MaxPendingCancels { get; init; } = 2000;

    public int MaxBufferedEvents { get; init; } = 100;

    public long MaxBufferedBytes { get; init; } = 2 * 1024 * 1024;

    public int MaxBufferedQueries { get; init; } = 1;

    public int HistoryPageSize { get; init; } = 256;

    public TimeSpan DefaultTaskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan MaxTaskTimeout { get; init; } = TimeSpan.FromSeconds(120);

    public TimeSpan MaxHeartbeatChain { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan MinContinueAsNewInterval { get; init; } = TimeSpan.FromSeconds(1);
}
