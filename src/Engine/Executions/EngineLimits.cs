using System.Collections.Immutable;

namespace AugmentedOS.Engine.Executions;

/// <summary>The engine's limits; the defaults are those of a Temporal server. Sizes are in bytes. Each can be set by the
/// official dynamic-config key in its line: see <c>Hosting/DynamicConfig/DynamicConfigTable.cs</c>.</summary>
internal sealed partial record EngineLimits
{
    public static EngineLimits Default { get; } = new();

    /// <summary>The limits that hold in a namespace.</summary>
    /// <param name="ns">Its name; that of none is right too.</param>
    public EngineLimits In(string ns) => OfNamespaces.IsEmpty ? this : OfNamespaces.GetValueOrDefault(ns, this);

    /// <summary>Where a namespace has limits of its own: by its name.</summary>
    public ImmutableDictionary<string, EngineLimits> OfNamespaces { get; init; } =
        ImmutableDictionary<string, EngineLimits>.Empty;

    /// <summary>What is switched on and off.</summary>
    public EngineFeatures Features { get; init; } = new();

    /// <summary>Fixed here: ids are checked before a namespace's limits are known.</summary>
    public int MaxIdLength { get; init; } = 1000;

    /// <summary><c>limit.blobSize.warn</c>: how much is kept of a failure that is over <see cref="BlobSizeError"/>.</summary>
    public int BlobSizeWarn { get; init; } = 512 * 1024;

    /// <summary><c>limit.mutableStateActivityFailureSize.error</c>: how large the failure may be that an activity carries
    /// from attempt to attempt.</summary>
    public int ActivityFailureSize { get; init; } = 4 * 1024;

    /// <summary><c>limit.blobSize.error</c></summary>
    public int BlobSizeError { get; init; } = 2 * 1024 * 1024;

    /// <summary><c>limit.memoSize.error</c></summary>
    public int MemoSizeError { get; init; } = 2 * 1024 * 1024;

    /// <summary><c>limit.historySize.suggestContinueAsNew</c></summary>
    public long HistorySizeSuggest { get; init; } = 4L * 1024 * 1024;

    /// <summary><c>limit.historySize.error</c></summary>
    public long HistorySizeError { get; init; } = 50L * 1024 * 1024;

    /// <summary><c>limit.historyCount.suggestContinueAsNew</c></summary>
    public long HistoryCountSuggest { get; init; } = 4096;

    /// <summary><c>limit.historyCount.error</c></summary>
    public long HistoryCountError { get; init; } = 51_200;

    /// <summary><c>limit.userMetadataSummarySize</c></summary>
    public int MaxSummarySize { get; init; } = 400;

    /// <summary><c>limit.userMetadataDetailsSize</c></summary>
    public int MaxDetailsSize { get; init; } = 20_000;

    /// <summary><c>history.maximumSignalsPerExecution</c></summary>
    public int MaxSignals { get; init; } = 10_000;

    /// <summary><c>limit.numPendingActivities.error</c></summary>
    public int MaxPendingActivities { get; init; } = 2000;

    /// <summary><c>limit.numPendingChildExecutions.error</c></summary>
    public int MaxPendingChildren { get; init; } = 2000;

    /// <summary><c>limit.numPendingSignals.error</c></summary>
    public int MaxPendingSignals { get; init; } = 2000;

    /// <summary><c>limit.numPendingCancelRequests.error</c></summary>
    public int MaxPendingCancels { get; init; } = 2000;

    /// <summary><c>history.maximumBufferedEventsBatch</c></summary>
    public int MaxBufferedEvents { get; init; } = 100;

    /// <summary><c>history.maximumBufferedEventsSizeInBytes</c></summary>
    public long MaxBufferedBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary><c>history.MaxBufferedQueryCount</c></summary>
    public int MaxBufferedQueries { get; init; } = 1;

    /// <summary><c>frontend.historyMaxPageSize</c></summary>
    public int HistoryPageSize { get; init; } = 256;

    /// <summary><c>frontend.visibilityMaxPageSize</c></summary>
    public int VisibilityPageSize { get; init; } = 1000;

    /// <summary><c>history.defaultWorkflowTaskTimeout</c></summary>
    public TimeSpan DefaultTaskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No key: a constant of a Temporal server too.</summary>
    public TimeSpan MaxTaskTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary><c>history.workflowTaskHeartbeatTimeout</c></summary>
    public TimeSpan MaxHeartbeatChain { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>history.workflowIdReuseMinimalInterval</c></summary>
    public TimeSpan MinContinueAsNewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>history.longPollExpirationInterval</c>: waiting for events and for updates.</summary>
    public TimeSpan HistoryLongPoll { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary><c>frontend.WorkflowTimeSkippingMaxSkipPerSession</c></summary>
    public int MaxTimeSkips { get; init; } = 200;
}
