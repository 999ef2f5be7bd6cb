using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;

namespace AugmentedOS.Engine.Executions;

/// <summary>Everything a decision may know besides the state and the input: decisions read no clock and draw no ids.</summary>
/// <param name="Now">The time of the transition.</param>
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
}
