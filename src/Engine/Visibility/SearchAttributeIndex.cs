using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// The index rows of stored attributes. The type is the one stamped on the payload when it was accepted.
/// </summary>
internal static class SearchAttributeIndex
{
    private const string TypeKey = "type";

    /// <summary>The values to index; none for a payload that no longer reads as what it says it is.</summary>
    public static IReadOnlyList<object> ValuesOf(Payload payload) =>
        TypeOf(payload) is { } type && SearchAttributeDecoder.TryDecode(payload, type, out var values) ? values : [];

    public static IndexedValueType? TypeOf(Payload payload) =>
        payload.Metadata.TryGetValue(TypeKey, out var stamped) &&
        Enum.TryParse<IndexedValueType>(stamped.ToStringUtf8(), out var type)
            ? type
            : null;

    /// <summary>
    /// The division that hides a workflow of the engine's own from ordinary lists; null for users' runs.
    /// </summary>
    public static string? DivisionOf(IReadOnlyDictionary<string, Payload> attributes) =>
        attributes.TryGetValue(BuiltInSearchAttributes.NamespaceDivision, out var payload) &&
        ValuesOf(payload) is [string division, ..]
            ? division
            : null;
}
