using System.Text;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Names the Nexus request that a worker answers.</summary>
internal readonly record struct NexusTaskToken(NamespaceId Namespace, string TaskId)
{
    private const int FixedLength = 1 + 16;

    public static Rejection? Decode(ByteString bytes, out NexusTaskToken token)
    {
        token = default;
        if (bytes.IsEmpty)
        {
            return Rejection.InvalidArgument("Task token not set on request.");
        }

        var reader = new TokenReader(bytes.Span);
        if (!reader.Has(FixedLength + 1) || reader.ReadByte() != (byte)TaskTokenKind.Nexus)
        {
            return Rejection.InvalidArgument("Error deserializing task token.");
        }

        token = new NexusTaskToken(new NamespaceId(reader.ReadGuid()), reader.ReadLast());
        return null;
    }

    public ByteString Encode()
    {
        var writer = new TokenWriter(new byte[FixedLength + Encoding.UTF8.GetByteCount(TaskId)]);
        writer.Write((byte)TaskTokenKind.Nexus);
        writer.Write(Namespace.Value);
        writer.WriteLast(TaskId);
        return writer.ToToken();
    }
}
