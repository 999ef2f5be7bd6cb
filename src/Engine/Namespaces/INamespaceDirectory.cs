using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Namespaces;

/// <summary>The namespaces as they are now. Reads are lock-free snapshots; a registered namespace is seen at once.</summary>
internal interface INamespaceDirectory
{
    bool TryFind(string name, [NotNullWhen(true)] out NamespaceInfo? found);

    bool TryFind(NamespaceId id, [NotNullWhen(true)] out NamespaceInfo? found);
}
