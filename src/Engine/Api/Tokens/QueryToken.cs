using System.Text;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Names the query that a worker answers.</summary>
internal readonly record struct QueryToken(NamespaceId Namespace, string QueryId)
{
    private const int FixedLength = 1 + 16;

    public static Rejection? Decode(ByteString bytes, out QueryToken token)
    {
        token = default;
        if (bytes.IsEmpty)
        {
            return Rejection.InvalidArgument("Task token not set on request.");
        }

        var reader = new TokenReader(bytes.Span);
        if (!reader.Has(FixedLength + 1) || reader.ReadByte() != (byte)TaskTokenKind.Query)
        {
            return Rejection.InvalidArgument("Error deserializing task token.");
        }

        token = new QueryToken(new NamespaceId(reader.ReadGuid()), reader.ReadLast());
        return null;
    }

    public ByteString Encode()
    {
        var writer = new TokenWriter(new byte[FixedLength + Encoding.UTF8.GetByteCount(QueryId)]);
        writer.Write((byte)TaskTokenKind.Query);
        writer.Write(Namespace.Value);
        writer.WriteLast(QueryId);
        return writer.ToToken();
    }
}
