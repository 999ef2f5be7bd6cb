using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <summary>Where there are none.</summary>
internal sealed class NoNexusEndpoints : INexusEndpoints
{
    public static NoNexusEndpoints Instance { get; } = new();

    public IReadOnlyList<NexusEndpoint> All => [];

    public bool TryFind(string name, [NotNullWhen(true)] out NexusEndpoint? found)
    {
        found = null;
        return false;
    }

    public bool TryFind(Guid id, [NotNullWhen(true)] out NexusEndpoint? found)
    {
        found = null;
        return false;
    }
}
