using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Namespaces;

/// <inheritdoc cref="INamespaceDirectory"/>
/// <remarks>Readers take no lock: they see one immutable snapshot or the next.</remarks>
internal sealed class NamespaceDirectory(IEnumerable<NamespaceInfo> saved) : INamespaceDirectory
{
    private volatile Snapshot _snapshot = new(saved);

    public IReadOnlyList<NamespaceInfo> All => _snapshot.All;

    public bool TryFind(string name, [NotNullWhen(true)] out NamespaceInfo? found) =>
        _snapshot.ByName.TryGetValue(name, out found);

    public bool TryFind(NamespaceId id, [NotNullWhen(true)] out NamespaceInfo? found) =>
        _snapshot.ById.TryGetValue(id, out found);

    /// <summary>Shows a saved namespace, new or changed. Called by one writer at a time, after the commit.</summary>
    public void Show(NamespaceInfo changed) =>
        _snapshot = new Snapshot(_snapshot.All.Where(ns => ns.Id != changed.Id).Append(changed));

    private sealed class Snapshot
    {
        public Snapshot(IEnumerable<NamespaceInfo> namespaces)
        {
            All = [.. namespaces.OrderBy(ns => ns.Name, StringComparer.Ordinal)];
            ByName = All.ToFrozenDictionary(ns => ns.Name, StringComparer.Ordinal);
            ById = new Dictionary<NamespaceId, NamespaceInfo>(All.Count);
            foreach (var ns in All)
            {
                ById.Add(ns.Id, ns);
                foreach (var space in IdSpaces.Of(ns.Id))
                {
                    ById.Add(space, ns);
                }
            }
        }

        public IReadOnlyList<NamespaceInfo> All { get; }

        public FrozenDictionary<string, NamespaceInfo> ByName { get; }

        /// <summary>By their ids, and by those of the spaces beside their workflows.</summary>
        public Dictionary<NamespaceId, NamespaceInfo> ById { get; }
    }
}
