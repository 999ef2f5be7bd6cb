using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Runtime;

/// <summary>What all shards share.</summary>
internal sealed record ShardServices(
    IJournal Journal,
    CommitQueue Commits,
    Effects Effects,
    INamespaceDirectory Namespaces,
    EngineLimits Limits,
    IIdSource Ids,
    TimeProvider Time,
    IWorkScheduler Scheduler,
    EngineHealth Health,
    ILogger<Shard> Logger)
{
    /// <summary>The Nexus endpoints.</summary>
    public INexusEndpoints Endpoints { get; init; } = NoNexusEndpoints.Instance;

    /// <summary>What is known of worker versions.</summary>
    public IVersionDirectory Versions { get; init; } = NoVersions.Instance;

    /// <summary>Told of versions that a run was durably pinned to by an override.</summary>
    public Action<NamespaceId, DeploymentVersion> VersionPinned { get; init; } = static (_, _) => { };

    /// <summary>Who is told what runs hold; null when time cannot be skipped.</summary>
    public Stillness? Stillness { get; init; }

    /// <summary>How many idle runs a shard keeps in memory so that the next input need not load them.</summary>
    public int MaxIdleRuns { get; init; } = 1000;

    /// <summary>How many inputs may wait for a shard before callers are refused.</summary>
    public int MaxWaitingInputs { get; init; } = 20_000;
}
