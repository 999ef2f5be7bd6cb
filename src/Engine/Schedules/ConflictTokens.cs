using System.Buffers.Binary;
using Google.Protobuf;

namespace AugmentedOS.Engine.Schedules;

/// <summary>A schedule's conflict token as clients carry it.</summary>
internal static class ConflictTokens
{
    public static ByteString ToToken(long token)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, token);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <summary>Whether a request may change what has this token. An empty one asks no question.</summary>
    public static bool Allows(ByteString given, long current) => given.IsEmpty || given == ToToken(current);
}
