using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>Payloads as the JSON values that they hold. What JSON cannot hold without loss keeps the full form.</summary>
internal static class PayloadShorthand
{
    private const string Encoding = "encoding";
    private const string MessageType = "messageType";
    private const string TypeProperty = "_protoMessageType";
    private static readonly ByteString Null = ByteString.CopyFromUtf8("binary/null");
    private static readonly ByteString Json = ByteString.CopyFromUtf8("json/plain");
    private static readonly ByteString Proto = ByteString.CopyFromUtf8("json/protobuf");
    private static readonly MessageReader FullForm = new(shorthand: false);

    private static readonly JsonWriterOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All in shorthand or none: a list that mixes both forms could not be read back.</summary>
    public static bool TryWrite(Utf8JsonWriter json, Payloads payloads)
    {
        var values = new List<Shown>(payloads.Payloads_.Count);
        try
        {
            foreach (var payload in payloads.Payloads_)
            {
                if (Show(payload) is not { } shown)
                {
                    return false;
                }

                values.Add(shown);
            }

            json.WriteStartArray();
            values.ForEach(value => value.WriteTo(json));
            json.WriteEndArray();
            return true;
        }
        finally
        {
            values.ForEach(value => value.Document?.Dispose());
        }
    }

    public static bool TryWrite(Utf8JsonWriter json, Payload payload)
    {
        if (Show(payload) is not { } shown)
        {
            return false;
        }

        using (shown.Document)
        {
            shown.WriteTo(json);
        }

        return true;
    }

    public static Payloads ReadList(JsonElement array)
    {
        var payloads = new Payloads();
        payloads.Payloads_.AddRange(array.EnumerateArray().Select(Read));
        return payloads;
    }

    /// <summary>The full form where it is that, else shorthand.</summary>
    public static Payload Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => new Payload { Metadata = { [Encoding] = Null } },
        JsonValueKind.Object => ReadFull(element) ?? ReadTyped(element) ?? ReadPlain(element),
        _ => ReadPlain(element),
    };

    private static Payload ReadPlain(JsonElement element) => new()
    {
        Metadata = { [Encoding] = Json },
        Data = ByteString.CopyFromUtf8(element.GetRawText()),
    };

    private static Payload? ReadFull(JsonElement element)
    {
        if (!element.TryGetProperty("metadata", out _))
        {
            return null;
        }

        try
        {
            var payload = (Payload)FullForm.Read(element, Payload.Descriptor);
            var isWhole = payload.Data.Length > 0 || payload.ExternalPayloads.Count > 0
                || (payload.Metadata.TryGetValue(Encoding, out var encoding) && encoding.Equals(Null));
            return isWhole && payload.Metadata.Count > 0 ? payload : null;
        }
        catch (UnreadableJsonException)
        {
            return null;   // an object of the caller's that happens to have such a field
        }
    }

    private static Payload? ReadTyped(JsonElement element)
    {
        if (!element.TryGetProperty(TypeProperty, out var type)
            || type.ValueKind != JsonValueKind.String
            || type.GetString() is not { Length: > 0 } name)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Verbatim))
        {
            json.WriteStartObject();
            foreach (var property in element.EnumerateObject().Where(property => property.Name != TypeProperty))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return new Payload
        {
            Metadata = { [Encoding] = Proto, [MessageType] = ByteString.CopyFromUtf8(name) },
            Data = ByteString.CopyFrom(buffer.WrittenSpan),
        };
    }

    private static Shown? Show(Payload payload)
    {
        if (payload.ExternalPayloads.Count > 0 || !payload.Metadata.TryGetValue(Encoding, out var encoding))
        {
            return null;
        }

        if (encoding.Equals(Null))
        {
            return new Shown(null, null);
        }

        if (encoding.Equals(Json) && payload.Metadata.Count == 1)
        {
            return ShowJson(payload, null);
        }

        return encoding.Equals(Proto)
            && payload.Metadata.Count == 2
            && payload.Metadata.TryGetValue(MessageType, out var type)
            && type.Length > 0
            ? ShowJson(payload, type.ToStringUtf8())
            : null;
    }

    private static Shown? ShowJson(Payload payload, string? type)
    {
        if (!System.Text.Unicode.Utf8.IsValid(payload.Data.Span))
        {
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload.Data.Memory);
        }
        catch (JsonException)
        {
            return null;   // it says that it is JSON; the full form shows what it is
        }

        if (CanBeReadBack(document.RootElement, type))
        {
            return new Shown(document, type);
        }

        document.Dispose();
        return null;
    }

    /// <summary>Whether a reader would take the value for what it is.</summary>
    private static bool CanBeReadBack(JsonElement value, string? type) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.TryGetProperty(TypeProperty, out _) && (type is not null || ReadFull(value) is null),
        _ => type is null,
    };

    private readonly record struct Shown(JsonDocument? Document, string? Type)
    {
        public void WriteTo(Utf8JsonWriter json)
        {
            if (Document is null)
            {
                json.WriteNullValue();
                return;
            }

            if (Type is null)
            {
                Document.RootElement.WriteTo(json);
                return;
            }

            json.WriteStartObject();
            foreach (var property in Document.RootElement.EnumerateObject())
            {
                property.WriteTo(json);
            }

            json.WriteString(TypeProperty, Type);
            json.WriteEndObject();
        }
    }
}
