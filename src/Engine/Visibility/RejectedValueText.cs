using System.Globalization;
using System.Text.Json;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>How an error text shows a refused value: as Go prints it, because clients match on these texts.</summary>
internal static class RejectedValueText
{
    private const int MaxLength = 256;

    public static string Of(Payload payload)
    {
        if (!SearchAttributeDecoder.TryParse(payload, out var document))
        {
            return Shorten($"value from <{payload}>");
        }

        using (document)
        {
            return Shorten(Of(document.RootElement));
        }
    }

    /// <summary>The shortest digits that read back as the same number, with Go's choice of exponent.</summary>
    public static string Of(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e21))
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture);
            return text.Contains('E') ? text.Replace('E', 'e') : value.ToString("0.################e+00");
        }

        return value == Math.Truncate(value)
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(' ', element.EnumerateArray().Select(Of))}]",
        JsonValueKind.Object => "map[" + string.Join(' ', element.EnumerateObject()
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name}:{Of(property.Value)}")) + "]",
        JsonValueKind.String => element.GetRawText() is var raw && raw.Contains('\\')
            ? raw[1..^1]
            : element.GetString()!,
        JsonValueKind.Number => Of(element.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null or JsonValueKind.Undefined => "<nil>",
        _ => element.GetRawText(),
    };

    // Status texts travel in a header; a value of 2 KiB would crowd out everything else.
    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";
}
