using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Attributes that the server itself sets or shows: JSON with the encoding and type that clients expect.
/// </summary>
internal static class SearchAttributePayload
{
    private static readonly ByteString JsonPlain = ByteString.CopyFromUtf8("json/plain");

    public static Payload Keyword(string? value) => Json(value, IndexedValueType.Keyword);

    public static Payload KeywordList(IEnumerable<string> values) => Json(values, IndexedValueType.KeywordList);

    public static Payload Bool(bool value) => Json(value, IndexedValueType.Bool);

    public static Payload Int(long value) => Json(value, IndexedValueType.Int);

    public static Payload Datetime(Instant value) =>
        Json(value.ToDateTimeOffset().UtcDateTime, IndexedValueType.Datetime);

    private static Payload Json<T>(T value, IndexedValueType type) => new()
    {
        Data = UnsafeByteOperations.UnsafeWrap(JsonSerializer.SerializeToUtf8Bytes(value)),
        Metadata =
        {
            ["encoding"] = JsonPlain,
            ["type"] = ByteString.CopyFromUtf8(type.ToString()),
        },
    };
}
