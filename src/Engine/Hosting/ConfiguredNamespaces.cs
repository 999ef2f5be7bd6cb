using System.Collections.Immutable;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The namespaces and search attributes that options ask for.</summary>
internal static class ConfiguredNamespaces
{
    public const string Default = "default";

    /// <summary>Makes what is missing; leaves what is there.</summary>
    /// <returns>Null when all is there, else why not.</returns>
    public static async Task<Rejection?> EnsureAsync(
        WorkflowEngineOptions options, NamespaceDirectory directory, NamespaceChanges changes)
    {
        var attributes = options.SearchAttributes.ToImmutableSortedDictionary(
            pair => pair.Key, pair => TypeOf(pair.Value), StringComparer.Ordinal);
        foreach (var name in options.Namespaces.Prepend(Default).Distinct(StringComparer.Ordinal))
        {
            var refusal = directory.TryFind(name, out var known)
                ? await AddMissingAsync(known, attributes, changes).ConfigureAwait(false)
                : await changes.RegisterAsync(name, (id, now) => new NamespaceInfo
                {
                    Id = id,
                    Name = name,
                    Retention = options.Retention,
                    CreatedAt = now,
                    SearchAttributes = attributes,
                }).ConfigureAwait(false);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The type of this name in any case; <see cref="IndexedValueType.Unspecified"/> when there is none.</summary>
    public static IndexedValueType TypeOf(string name) =>
        Enum.TryParse<IndexedValueType>(name, ignoreCase: true, out var type) && Enum.IsDefined(type)
            ? type
            : IndexedValueType.Unspecified;

    private static async Task<Rejection?> AddMissingAsync(
        NamespaceInfo known, ImmutableSortedDictionary<string, IndexedValueType> attributes, NamespaceChanges changes)
    {
        if (attributes.Keys.All(known.SearchAttributes.ContainsKey))
        {
            return null;
        }

        var changed = await changes.UpdateAsync(known.Name, current =>
            new SearchAttributeCatalog(current.SearchAttributes).Add(attributes).TryGet(out var catalog, out var refusal)
                ? current with { SearchAttributes = catalog.Custom }
                : refusal).ConfigureAwait(false);
        return changed.Refusal;
    }
}
