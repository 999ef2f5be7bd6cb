using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>For lists that take no query.</summary>
internal sealed class NoQueryNames : IQueryNames
{
    private NoQueryNames()
    {
    }

    public static NoQueryNames Instance { get; } = new();

    public Rejection? Refusal => null;

    public bool TryResolve(
        string name, SearchAttributeCatalog catalog, [NotNullWhen(true)] out AttributeReference? reference)
    {
        reference = null;
        return false;
    }
}
