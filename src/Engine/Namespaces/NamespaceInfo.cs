using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Namespaces;

/// <summary>One namespace: immutable; a change makes a new one.</summary>
internal sealed record NamespaceInfo
{
    public required NamespaceId Id { get; init; }

    public required string Name { get; init; }

    public NamespaceState State { get; init; } = NamespaceState.Registered;

    public string Description { get; init; } = "";

    public string OwnerEmail { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Data { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>How long a closed run is kept.</summary>
    public required TimeSpan Retention { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>Custom search attributes: name → type.</summary>
    public ImmutableSortedDictionary<string, IndexedValueType> SearchAttributes { get; init; } =
        ImmutableSortedDictionary.Create<string, IndexedValueType>(StringComparer.Ordinal);

    /// <summary>Bad binary checksum → why, by whom, when.</summary>
    public ImmutableSortedDictionary<string, BadBinary> BadBinaries { get; init; } =
        ImmutableSortedDictionary.Create<string, BadBinary>(StringComparer.Ordinal);
}
