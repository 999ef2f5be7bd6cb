using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Nexus.Endpoints;

/// <inheritdoc cref="INexusEndpoints"/>
/// <remarks>Readers take no lock: they see one immutable snapshot or the next.</remarks>
internal sealed class NexusEndpointDirectory(IEnumerable<NexusEndpoint> saved) : INexusEndpoints, IEntityEffects
{
    private readonly Lock _gate = new();
    private volatile Snapshot _snapshot = new(saved);

    public IReadOnlyList<NexusEndpoint> All => _snapshot.All;

    public bool TryFind(string name, [NotNullWhen(true)] out NexusEndpoint? found) =>
        _snapshot.ByName.TryGetValue(name, out found);

    public bool TryFind(Guid id, [NotNullWhen(true)] out NexusEndpoint? found) =>
        _snapshot.ById.TryGetValue(id, out found);

    public void Carry(EntityEffect effect)
    {
        var changed = (NexusEndpointChanged)effect;
        var id = Guid.Parse(changed.Entity.Id);
        lock (_gate)
        {
            var others = _snapshot.All.Where(endpoint => endpoint.Id != id);
            _snapshot = new Snapshot(changed.After is { } after ? others.Append(after) : others);
        }
    }

    private sealed class Snapshot
    {
        public Snapshot(IEnumerable<NexusEndpoint> endpoints)
        {
            All = [.. endpoints.OrderBy(endpoint => endpoint.Id.ToString("D"), StringComparer.Ordinal)];
            ByName = All.ToFrozenDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);
            ById = All.ToFrozenDictionary(endpoint => endpoint.Id);
        }

        public IReadOnlyList<NexusEndpoint> All { get; }

        public FrozenDictionary<string, NexusEndpoint> ByName { get; }

        public FrozenDictionary<Guid, NexusEndpoint> ById { get; }
    }
}
