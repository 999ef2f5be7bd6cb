using System.Net.Http.Headers;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Between payloads and the bodies of HTTP messages, whose type says what a payload's metadata say.</summary>
internal static class NexusContent
{
    private const string Encoding = "encoding";
    private const string MessageType = "messageType";
    private const string UnknownEncoding = "unknown/nexus-content";
    private const string TypeHeader = "type";

    /// <summary>A payload as a body and the headers that describe it, without their prefix.</summary>
    public static (Dictionary<string, string> Headers, ReadOnlyMemory<byte> Body) ToContent(Payload? payload)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (payload is null)
        {
            return (headers, default);
        }

        var messageType = Text(payload, MessageType);
        var type = (Text(payload, Encoding), payload.Metadata.Count) switch
        {
            ("json/plain", 1) => "application/json",
            ("binary/plain", 1) => "application/octet-stream",
            ("json/protobuf", 2) when messageType.Length > 0 =>
                $"application/json; format=protobuf; message-type=\"{messageType}\"",
            ("binary/protobuf", 2) when messageType.Length > 0 =>
                $"application/x-protobuf; message-type=\"{messageType}\"",
            ("binary/null", 1) or (UnknownEncoding, _) => null,
            _ => "application/x-temporal-payload",
        };
        if (type == "application/x-temporal-payload")
        {
            headers[TypeHeader] = type;
            return (headers, payload.ToByteArray());
        }

        if (type is not null)
        {
            headers[TypeHeader] = type;
        }
        else
        {
            foreach (var (name, value) in payload.Metadata.Where(m => m.Key != Encoding))
            {
                headers[name] = value.ToStringUtf8();
            }
        }

        return (headers, payload.Data.Memory);
    }

    /// <summary>A body as a payload; null when it claims to be one and is not.</summary>
    /// <param name="headers">Those that describe the body, in lower case and without their prefix.</param>
    public static Payload? FromContent(IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var described = headers
            .Where(h => h.Key is not ("encoding" or "length"))
            .ToDictionary(StringComparer.Ordinal);
        var type = described.GetValueOrDefault(TypeHeader, "");
        if (described.Count == 0 && body.Length == 0)
        {
            return Of("binary/null", body);
        }

        if (described.Count != 1 || !MediaTypeHeaderValue.TryParse(type, out var parsed))
        {
            return OfUnknown(described, body);
        }

        var parameters = parsed.Parameters.ToDictionary(
            p => p.Name, p => p.Value?.Trim('"') ?? "", StringComparer.OrdinalIgnoreCase);
        var messageType = parameters.GetValueOrDefault("message-type", "");
        switch (parsed.MediaType?.ToLowerInvariant())
        {
            case "application/x-temporal-payload":
                return Parse(body);
            case "application/json" when parameters.Count == 0:
                return Of("json/plain", body);
            case "application/json" when parameters.Count == 2 && messageType.Length > 0
                && parameters.GetValueOrDefault("format") == "protobuf":
                return Of("json/protobuf", body, messageType);
            case "application/x-protobuf" when parameters.Count == 1 && messageType.Length > 0:
                return Of("binary/protobuf", body, messageType);
            case "application/octet-stream" when parameters.Count == 0:
                return Of("binary/plain", body);
            default:
                return OfUnknown(described, body);
        }
    }

    private static Payload Of(string encoding, byte[] body, string messageType = "")
    {
        var payload = new Payload { Data = ByteString.CopyFrom(body) };
        payload.Metadata[Encoding] = ByteString.CopyFromUtf8(encoding);
        if (messageType.Length > 0)
        {
            payload.Metadata[MessageType] = ByteString.CopyFromUtf8(messageType);
        }

        return payload;
    }

    private static Payload OfUnknown(Dictionary<string, string> headers, byte[] body)
    {
        var payload = Of(UnknownEncoding, body);
        foreach (var (name, value) in headers)
        {
            payload.Metadata[name] = ByteString.CopyFromUtf8(value);
        }

        return payload;
    }

    private static Payload? Parse(byte[] body)
    {
        try
        {
            return Payload.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static string Text(Payload payload, string key) =>
        payload.Metadata.TryGetValue(key, out var value) ? value.ToStringUtf8() : "";
}
