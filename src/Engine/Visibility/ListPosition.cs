using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The last run of a page, which the next page goes on after. To clients an opaque token.</summary>
internal sealed record ListPosition(long CloseTime, long StartTime, long RunNumber)
{
    private const byte Version = 2;
    private const int Length = 1 + 8 + 8 + 8;

    public ByteString ToToken()
    {
        var bytes = new byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), CloseTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), StartTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), RunNumber);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static bool TryRead(ByteString token, [NotNullWhen(true)] out ListPosition? position)
    {
        var bytes = token.Span;
        position = bytes.Length != Length || bytes[0] != Version
            ? null
            : new ListPosition(
                BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[17..]));
        return position is not null;
    }
}
