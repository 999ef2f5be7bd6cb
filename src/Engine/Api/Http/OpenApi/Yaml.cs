using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>Writes JSON as YAML: blocks for objects and lists, double quotes for all text, which YAML reads as JSON does.
/// </summary>
internal static class Yaml
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                foreach (var (name, value) in members)
                {
                    Indent(text, depth).Append(NameOf(name)).Append(':');
                    WriteBelow(text, value, depth + 1);
                }

                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items)
                {
                    Indent(text, depth).Append('-');
                    WriteBelow(text, item, depth + 1);
                }

                break;
            default:
                throw new InvalidOperationException("Only what has content stands on lines of its own.");
        }
    }

    private static void WriteBelow(StringBuilder text, JsonNode? node, int depth)
    {
        if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Write(text, node, depth);
        }
        else
        {
            text.Append(' ').Append(node?.ToJsonString(Plain) ?? "null").Append('\n');
        }
    }

    /// <summary>A name that could be read as something else than a name stands in quotes.</summary>
    private static string NameOf(string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? name
            : JsonSerializer.Serialize(name, Plain);

    private static StringBuilder Indent(StringBuilder text, int depth) =>
        text.Append(CultureInfo.InvariantCulture, $"{new string(' ', depth * 2)}");
}
