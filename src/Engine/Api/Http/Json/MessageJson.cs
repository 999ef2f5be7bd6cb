using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Messages to JSON and back: the canonical mapping of protobuf, with Temporal's shorthand for payloads.
/// </summary>
/// <remarks>Driven by descriptors, which are read when the first message comes: nothing else of the engine needs them.
/// </remarks>
internal static class MessageJson
{
    private const int MaxDepth = 200;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonWriterOptions Pretty = Compact with { Indented = true, IndentSize = 2, NewLine = "\n" };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };

    public static byte[] Write(IMessage message, JsonForm form)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, form.IsPretty ? Pretty : Compact))
        {
            new MessageWriter(json, form.HasShorthand).Write(message);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="UnreadableJsonException">It is no JSON, or not of this type.</exception>
    public static IMessage Read(ReadOnlyMemory<byte> json, MessageDescriptor type, JsonForm form)
    {
        using var document = Parse(json);
        return new MessageReader(form.HasShorthand).Read(document.RootElement, type);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Reading);
        }
        catch (JsonException malformed)
        {
            throw new UnreadableJsonException($"syntax error: {malformed.Message}");
        }
    }
}
