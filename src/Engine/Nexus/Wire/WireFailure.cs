using System.Text.Json;
using System.Text.Json.Nodes;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>A failure as the Nexus protocol writes it in JSON.</summary>
internal static class WireFailure
{
    private const int DeepestCause = 100;
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };
    private static readonly JsonSerializerOptions DeepText = new() { MaxDepth = 512 };

    public static string ToJson(Failure failure) => ToNode(failure).ToJsonString(DeepText);

    /// <summary>Null when the text is no failure.</summary>
    public static Failure? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Deep) is JsonObject node ? FromNode(node, DeepestCause) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JsonObject ToNode(Failure failure)
    {
        var node = new JsonObject { ["message"] = failure.Message };
        if (failure.StackTrace.Length > 0)
        {
            node["stackTrace"] = failure.StackTrace;
        }

        if (failure.Metadata.Count > 0)
        {
            node["metadata"] = new JsonObject(failure.Metadata.Select(
                pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));
        }

        if (failure.Details.Length > 0)
        {
            node["details"] = JsonNode.Parse(failure.Details.Span, documentOptions: Deep);
        }

        if (failure.Cause is { } cause)
        {
            node["cause"] = ToNode(cause);
        }

        return node;
    }

    private static Failure FromNode(JsonObject node, int depth)
    {
        var failure = new Failure
        {
            Message = Text(node["message"]),
            StackTrace = Text(node["stackTrace"]),
            Details = node["details"] is { } details
                ? Google.Protobuf.ByteString.CopyFromUtf8(details.ToJsonString(DeepText))
                : Google.Protobuf.ByteString.Empty,
        };
        if (node["metadata"] is JsonObject metadata)
        {
            foreach (var (key, value) in metadata)
            {
                failure.Metadata[key] = Text(value);
            }
        }

        if (node["cause"] is JsonObject cause && depth > 0)
        {
            failure.Cause = FromNode(cause, depth - 1);
        }

        return failure;
    }

    private static string Text(JsonNode? node) => node is null ? "" : node.GetValue<string>();
}
