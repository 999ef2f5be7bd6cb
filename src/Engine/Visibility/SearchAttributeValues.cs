using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>What clients and workflows may set, and the form in which it is kept. Pure.</summary>
internal static class SearchAttributeValues
{
    private const string TypeKey = "type";

    /// <summary>
    /// Why these values cannot be set, or null. Names are checked in ordinal order, so the answer is stable.
    /// </summary>
    public static Rejection? Check(
        SearchAttributes? attributes,
        SearchAttributeCatalog catalog,
        string namespaceName,
        SearchAttributeLimits? limits = null)
    {
        limits ??= SearchAttributeLimits.Default;
        if (attributes is null || attributes.IndexedFields.Count == 0)
        {
            return null;
        }

        var count = attributes.IndexedFields.Count;
        if (count > limits.Count)
        {
            return Rejection.InvalidArgument($"number of search attributes {count} exceeds limit {limits.Count}");
        }

        foreach (var (name, payload) in attributes.IndexedFields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (CheckOne(name, payload, catalog, namespaceName) is { } rejection)
            {
                return rejection;
            }
        }

        return CheckSize(attributes, limits);
    }

    /// <summary>The values as a new run keeps and shows them: typed, and without those that are no value.</summary>
    public static SearchAttributes Normalize(SearchAttributes? attributes, SearchAttributeCatalog catalog)
    {
        var normalized = new SearchAttributes();
        foreach (var (name, payload) in attributes?.IndexedFields ?? [])
        {
            if (!SearchAttributeDecoder.IsEmpty(payload))
            {
                normalized.IndexedFields.Add(name, Stamp(name, payload, catalog));
            }
        }

        return normalized;
    }

    /// <summary>The values as the upsert event records them: typed; those that remove an attribute stay in.</summary>
    public static SearchAttributes NormalizeUpsert(SearchAttributes attributes, SearchAttributeCatalog catalog)
    {
        var normalized = new SearchAttributes();
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            normalized.IndexedFields.Add(name, Stamp(name, payload, catalog));
        }

        return normalized;
    }

    /// <summary>The run's attributes after an upsert. The input is not changed.</summary>
    public static SearchAttributes Merge(SearchAttributes? current, SearchAttributes upsert)
    {
        var merged = current?.Clone() ?? new SearchAttributes();
        foreach (var (name, payload) in upsert.IndexedFields)
        {
            if (SearchAttributeDecoder.IsEmpty(payload))
            {
                merged.IndexedFields.Remove(name);
            }
            else
            {
                merged.IndexedFields[name] = payload;
            }
        }

        return merged;
    }

    private static Rejection? CheckOne(
        string name, Payload payload, SearchAttributeCatalog catalog, string namespaceName)
    {
        if (!catalog.TryFind(name, out var attribute))
        {
            return Rejection.InvalidArgument(
                $"Namespace {namespaceName} has no mapping defined for search attribute {name}");
        }

        if (attribute.Origin is SearchAttributeOrigin.System or SearchAttributeOrigin.ServerSet)
        {
            return Rejection.InvalidArgument($"{name} attribute can't be set in SearchAttributes");
        }

        if (SearchAttributeDecoder.IsEmpty(payload) ||
            SearchAttributeDecoder.TryDecode(payload, attribute.Type, out _))
        {
            return null;
        }

        return Rejection.InvalidArgument(
            $"invalid value for search attribute {name} of type {attribute.Type}: {RejectedValueText.Of(payload)}");
    }

    private static Rejection? CheckSize(SearchAttributes attributes, SearchAttributeLimits limits)
    {
        foreach (var (name, payload) in attributes.IndexedFields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (payload.Data.Length > limits.ValueBytes)
            {
                return Rejection.InvalidArgument(
                    $"search attribute {name} value size {payload.Data.Length} exceeds size limit {limits.ValueBytes}");
            }
        }

        var total = attributes.CalculateSize();
        return total <= limits.TotalBytes
            ? null
            : Rejection.InvalidArgument(
                $"total size of search attributes {total} exceeds size limit {limits.TotalBytes}");
    }

    private static Payload Stamp(string name, Payload payload, SearchAttributeCatalog catalog)
    {
        if (!catalog.TryFind(name, out var attribute))
        {
            return payload;
        }

        var type = ByteString.CopyFromUtf8(attribute.Type.ToString());
        if (payload.Metadata.TryGetValue(TypeKey, out var stamped) && stamped == type)
        {
            return payload;
        }

        var typed = payload.Clone();
        typed.Metadata[TypeKey] = type;
        return typed;
    }
}
