using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>What names mean in queries over something else than runs. For one query.</summary>
internal interface IQueryNames
{
    bool TryResolve(
        string name, SearchAttributeCatalog catalog, [NotNullWhen(true)] out AttributeReference? reference);

    /// <summary>Why a query that is right for runs is wrong here; null when it is not.</summary>
    Rejection? Refusal { get; }
}
