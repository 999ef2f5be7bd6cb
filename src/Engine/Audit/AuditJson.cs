using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AugmentedOS.Engine.Audit;

/// <summary>Records as JSON, one a line. Empty fields are left out.</summary>
internal static class AuditJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Lines(IEnumerable<AuditRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        foreach (var record in records)
        {
            Write(json, record);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject();
        json.WriteString("time", record.Time);
        json.WriteString("method", record.Method);
        json.WriteString("outcome", record.Outcome.ToString());
        WriteText(json, "principal", record.Principal);
        WriteText(json, "identity", record.Identity);
        WriteText(json, "peer", record.Peer);
        WriteText(json, "client", record.Client);
        WriteText(json, "namespace", record.Namespace);
        WriteText(json, "target", record.Target);
        WriteText(json, "run", record.Run);
        WriteText(json, "requestId", record.RequestId);
        json.WriteNumber("tookMs", Math.Round(record.Took.TotalMilliseconds, 3));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }
}
