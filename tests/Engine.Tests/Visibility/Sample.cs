using System.Collections.Immutable;
using System.Text.Json;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>A namespace with one custom attribute of each type, and payloads for them.</summary>
internal static class Sample
{
    public static SearchAttributeCatalog Catalog { get; } = new(new Dictionary<string, IndexedValueType>
    {
        ["Flag"] = IndexedValueType.Bool,
        ["Amount"] = IndexedValueType.Int,
        ["Score"] = IndexedValueType.Double,
        ["Due"] = IndexedValueType.Datetime,
        ["Customer"] = IndexedValueType.Keyword,
        ["Tags"] = IndexedValueType.KeywordList,
        ["Note"] = IndexedValueType.Text,
        ["with-dash"] = IndexedValueType.Keyword,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal));

    public static NamespaceId Namespace { get; } = new(new Guid("11111111-1111-1111-1111-111111111111"));

    public static Payload Json(string json) => new()
    {
        Data = ByteString.CopyFromUtf8(json),
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
    };

    public static SearchAttributes Of(params (string Name, string Json)[] values)
    {
        var attributes = new SearchAttributes();
        foreach (var (name, json) in values)
        {
            attributes.IndexedFields[name] = Json(json);
        }

        return attributes;
    }

    public static ImmutableSortedDictionary<string, Payload> Attributes(
        SearchAttributeCatalog catalog, params (string Name, object? Value)[] values)
    {
        var given = Of([.. values.Select(value => (value.Name, JsonSerializer.Serialize(value.Value)))]);
        return SearchAttributeValues.Normalize(given, catalog).IndexedFields
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
