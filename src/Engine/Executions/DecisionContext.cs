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
}
