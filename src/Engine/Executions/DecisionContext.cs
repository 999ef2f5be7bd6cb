using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;

namespace AugmentedOS.Engine.Executions;

/// <summary>Everything a decision may know besides the state and the input: decisions read no clock and draw no ids.</summary>
/// <param name="Now">The time of the transition, as the run sees it.</param>
/// <param name="Ids">Where new run ids come from.</param>
/// <param name="Limits">The engine's limits.</param>
/// <param name="Namespaces">What is known of namespaces at this moment.</param>
internal sealed record DecisionContext(
    Instant Now, IIdSource Ids, EngineLimits Limits, INamespaceDirectory Namespaces)
{
    /// <summary>The Nexus endpoints at this moment.</summary>
    public INexusEndpoints Endpoints { get; init; } = NoNexusEndpoints.Instance;

    /// <summary>What memory has of the addressed run besides its state; null when that is nothing.</summary>
    public LiveRun? Live { get; init; }

    /// <summary>The updates that no worker has answered yet.</summary>
    public ImmutableList<InFlightUpdate> Updates => Live?.Updates ?? [];

    /// <summary>Whether the run's workflow task is one that only memory knows.</summary>
    public bool IsSpeculative(WorkflowTask task) => Live?.IsSpeculative(task) ?? false;

    /// <summary>What is known of worker versions at this moment.</summary>
    public IVersionDirectory Versions { get; init; } = NoVersions.Instance;

    /// <summary>How far <see cref="Now"/> is ahead of the engine's time: a run may have skipped some.</summary>
    public TimeSpan Ahead { get; private init; }

    /// <summary>The engine's time.</summary>
    public Instant EngineNow => Now - Ahead;

    /// <summary>The same moment as a run sees it that is this far ahead.</summary>
    public DecisionContext WithAhead(TimeSpan ahead) =>
        ahead == Ahead ? this : this with { Now = EngineNow + ahead, Ahead = ahead };
}
