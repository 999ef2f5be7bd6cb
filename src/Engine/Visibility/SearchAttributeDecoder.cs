using System.Text.Json;
using System.Text.Unicode;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Reads the JSON of a search attribute into what the index stores: text for keywords and words, 64-bit numbers for
/// Int, Bool and Datetime (ticks), a double for Double.
/// </summary>
internal static class SearchAttributeDecoder
{
    private const string EncodingKey = "encoding";

    /// <summary>No value at all: absent, JSON null or an empty list. It removes the attribute.</summary>
    public static bool IsEmpty(Payload? payload)
    {
        if (payload is null)
        {
            return true;
        }

        return EncodingOf(payload) switch
        {
            "binary/null" => true,
            "json/plain" => ShortText(payload) is "null" or "[]",
            "" => payload.Data.IsEmpty,
            _ => false,
        };
    }

    /// <summary>
    /// The index values of the payload, none when it is no value of that type. A list is accepted for every type,
    /// because older SDKs wrap each value in one; each element counts.
    /// </summary>
    public static bool TryDecode(Payload payload, IndexedValueType type, out IReadOnlyList<object> values)
    {
        values = [];
        if (EncodingOf(payload) != "json/plain" || !TryParse(payload, out var document))
        {
            return false;
        }

        using (document)
        {
            var decoded = new List<object>();
            var elements = document.RootElement.ValueKind == JsonValueKind.Array
                ? document.RootElement.EnumerateArray().ToList()
                : [document.RootElement];
            foreach (var element in elements)
            {
                if (!TryDecodeOne(element, type, decoded))
                {
                    return false;
                }
            }

            values = decoded.Distinct().ToList();
            return true;
        }
    }

    public static bool TryParse(Payload payload, out JsonDocument document)
    {
        document = null!;
        if (!Utf8.IsValid(payload.Data.Span))
        {
            return false;
        }

        try
        {
            document = JsonDocument.Parse(payload.Data.Memory);
            return true;
        }
        catch (JsonException)
        {
            // The parser has no other way to say that bytes from a client are not JSON.
            return false;
        }
    }

    private static bool TryDecodeOne(JsonElement element, IndexedValueType type, List<object> values)
    {
        switch (type)
        {
            case IndexedValueType.Keyword or IndexedValueType.KeywordList when IsText(element, out var keyword):
                values.Add(keyword);
                return true;
            case IndexedValueType.Text when IsText(element, out var text):
                // A text without a word still is a value: the empty word keeps IS NULL false.
                values.AddRange(TextTokens.Of(text).DefaultIfEmpty(""));
                return true;
            case IndexedValueType.Int when IsInteger(element, out var integer):
                values.Add(integer);
                return true;
            case IndexedValueType.Double when IsNumber(element, out var number):
                values.Add(number);
                return true;
            case IndexedValueType.Bool when element.ValueKind is JsonValueKind.True or JsonValueKind.False:
                values.Add(element.GetBoolean() ? 1L : 0L);
                return true;
            case IndexedValueType.Datetime when IsText(element, out var time) &&
                DatetimeText.TryParse(time, out var at):
                values.Add(at.Ticks);
                return true;
            default:
                return false;
        }
    }

    private static bool IsText(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half of a surrogate pair, which is no text.
            return false;
        }
    }

    private static bool IsInteger(JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }

    private static bool IsNumber(JsonElement element, out double value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out value) && double.IsFinite(value);
    }

    private static string EncodingOf(Payload payload) =>
        payload.Metadata.TryGetValue(EncodingKey, out var encoding) ? encoding.ToStringUtf8() : "";

    private static string ShortText(Payload payload) =>
        payload.Data.Length > 16 ? "" : System.Text.Encoding.UTF8.GetString(payload.Data.Span);
}
