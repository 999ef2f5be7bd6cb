using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Names the operation that a completion completes. Handlers send it back as it is.</summary>
/// <param name="Run">The caller's run.</param>
internal readonly record struct CallbackToken(RunKey Run, long ScheduledEventId, string RequestId)
{
    private const int Version = 1;
    private const int FixedLength = 16 + 16 + 8 + 4;

    public string Encode()
    {
        var requestId = Encoding.UTF8.GetBytes(RequestId);
        var workflowId = Encoding.UTF8.GetBytes(Run.WorkflowId);
        var bytes = new byte[FixedLength + requestId.Length + workflowId.Length];
        Run.Namespace.Value.TryWriteBytes(bytes);
        Run.Run.Value.TryWriteBytes(bytes.AsSpan(16));
        BitConverter.TryWriteBytes(bytes.AsSpan(32), ScheduledEventId);
        BitConverter.TryWriteBytes(bytes.AsSpan(40), requestId.Length);
        requestId.CopyTo(bytes, FixedLength);
        workflowId.CopyTo(bytes, FixedLength + requestId.Length);
        return $$"""{"v":{{Version}},"d":"{{Base64Url.EncodeToString(bytes)}}"}""";
    }

    public static bool TryDecode(string text, out CallbackToken token)
    {
        token = default;
        if (!TryReadData(text, out var bytes) || bytes.Length <= FixedLength)
        {
            return false;
        }

        var requestLength = BitConverter.ToInt32(bytes, 40);
        if (requestLength < 0 || requestLength >= bytes.Length - FixedLength)
        {
            return false;
        }

        var workflow = new WorkflowKey(
            new NamespaceId(new Guid(bytes.AsSpan(0, 16))),
            Encoding.UTF8.GetString(bytes, FixedLength + requestLength, bytes.Length - FixedLength - requestLength));
        token = new CallbackToken(
            new RunKey(workflow, new RunId(new Guid(bytes.AsSpan(16, 16)))),
            BitConverter.ToInt64(bytes, 32),
            Encoding.UTF8.GetString(bytes, FixedLength, requestLength));
        return true;
    }

    private static bool TryReadData(string text, out byte[] bytes)
    {
        bytes = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("v", out var version) || version.ValueKind != JsonValueKind.Number
                || !version.TryGetInt32(out var number) || number != Version
                || !root.TryGetProperty("d", out var data) || data.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            bytes = Base64Url.DecodeFromChars(data.GetString()!.TrimEnd('='));
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return false;
        }
    }
}
