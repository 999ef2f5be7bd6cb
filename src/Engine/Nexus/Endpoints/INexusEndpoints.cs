using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>The endpoints as they are now. Reads are lock-free snapshots; a created endpoint is seen at once.</summary>
internal interface INexusEndpoints
{
    /// <summary>By id.</summary>
    IReadOnlyList<NexusEndpoint> All { get; }

    bool TryFind(string name, [NotNullWhen(true)] out NexusEndpoint? found);

    bool TryFind(Guid id, [NotNullWhen(true)] out NexusEndpoint? found);
}
