using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The search attributes that a run starts with: the one place where starts and chains look at them.</summary>
internal static class RunSearchAttributes
{
    public static Rejection? Check(SearchAttributes? attributes, NamespaceInfo ns, EngineLimits limits) =>
        SearchAttributeValues.Check(
            attributes, new SearchAttributeCatalog(ns.SearchAttributes), ns.Name, LimitsOf(limits));

    public static Rejection? Check(SearchAttributes? attributes, NamespaceId ns, DecisionContext context) =>
        context.Namespaces.TryFind(ns, out var info) ? Check(attributes, info, context.Limits) : null;

    /// <summary>What one request may set.</summary>
    public static SearchAttributeLimits LimitsOf(EngineLimits limits) => new()
    {
        Count = limits.MaxSearchAttributes,
        ValueBytes = limits.MaxSearchAttributeSize,
        TotalBytes = limits.MaxSearchAttributesSize,
    };

    /// <summary>As event 1 carries them: each with its type, those without a value left out; null when there are
    /// none.</summary>
    public static SearchAttributes? Of(SearchAttributes? attributes, NamespaceId ns, DecisionContext context)
    {
        if (attributes is null || attributes.IndexedFields.Count == 0)
        {
            return attributes;
        }

        var catalog = context.Namespaces.TryFind(ns, out var info)
            ? new SearchAttributeCatalog(info.SearchAttributes)
            : SearchAttributeCatalog.Empty;
        return SearchAttributeValues.Normalize(attributes, catalog);
    }
}
