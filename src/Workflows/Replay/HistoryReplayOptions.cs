using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Runtime;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Replay;

/// <summary>How histories are replayed: as the build's worker would run them.</summary>
public sealed record HistoryReplayOptions
{
    /// <summary>The data converter that wrote the histories' payloads.</summary>
    public DataConverter DataConverter { get; init; } = DataConverter.Default;

    /// <summary>Makes a run readable before it is replayed, where <see cref="DataConverter"/> cannot read what was
    /// recorded; what is saved is as it was recorded. It may throw a <see cref="ReplayException"/>. Null for runs as
    /// they are.</summary>
    public Func<RecordedRun, CancellationToken, ValueTask<RecordedRun>>? Decode { get; init; }

    /// <summary>The worker's interceptors, where they do something in workflows.</summary>
    public IReadOnlyCollection<IWorkerInterceptor> Interceptors { get; init; } = [];

    /// <summary>What the worker has as exceptions that fail workflows.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; init; }

    /// <summary>The namespace that workflow code sees.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Where to write the histories that were taken, for <see cref="FolderHistories"/>; null for
    /// nowhere.</summary>
    public string? SaveTo { get; init; }

    /// <summary>Told of what the SDK has to say, and of what workflows log.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The SDK's runtime, where its own log is not wanted; null for the process's.</summary>
    public TemporalRuntime? Runtime { get; init; }

    /// <summary>Told of each run after it was replayed.</summary>
    public Action<ReplayedRun>? OnReplayed { get; init; }
}
