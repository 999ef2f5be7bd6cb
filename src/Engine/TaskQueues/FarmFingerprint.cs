using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>FarmHash's 32-bit fingerprint, by which a Temporal server tells which workflows a ramp takes in. A move to a
/// cluster and back finds every workflow on the same side.</summary>
/// <remarks>From the published algorithm (Geoff Pike, FarmHash 1.1, the portable variant); stable for ever by
/// design.</remarks>
internal static class FarmFingerprint
{
    private const int Block = 20;
    private const uint First = 0xcc9e2d51;
    private const uint Second = 0x1b873593;
    private const int LongestOnStack = 512;

    /// <summary>The fingerprint of a text's UTF-8 bytes.</summary>
    public static uint Of(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        return Of(bytes);
    }

    public static uint Of(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        <= 4 => OfFew(bytes),
        <= 12 => OfShort(bytes),
        <= 24 => OfMiddle(bytes),
        _ => OfLong(bytes),
    };

    private static uint OfFew(ReadOnlySpan<byte> bytes)
    {
        uint b = 0;
        uint c = 9;
        foreach (var one in bytes)
        {
            b = (b * First) + (uint)(sbyte)one;
            c ^= b;
        }

        return Finish(Mix(b, Mix((uint)bytes.Length, c)));
    }

    private static uint OfShort(ReadOnlySpan<byte> bytes)
    {
        var length = (uint)bytes.Length;
        var a = length + Read(bytes, 0);
        var b = (length * 5) + Read(bytes, bytes.Length - 4);
        var c = 9 + Read(bytes, (bytes.Length >> 1) & 4);
        return Finish(Mix(c, Mix(b, Mix(a, length * 5))));
    }

    private static uint OfMiddle(ReadOnlySpan<byte> bytes)
    {
        var half = bytes.Length >> 1;
        var a = Read(bytes, half - 4);
        var b = Read(bytes, 4);
        var c = Read(bytes, bytes.Length - 8);
        var d = Read(bytes, half);
        var e = Read(bytes, 0);
        var f = Read(bytes, bytes.Length - 4);
        var hash = (d * First) + (uint)bytes.Length;
        a = BitOperations.RotateRight(a, 12) + f;
        hash = Mix(c, hash) + a;
        a = BitOperations.RotateRight(a, 3) + c;
        hash = Mix(e, hash) + a;
        a = BitOperations.RotateRight(a + f, 12) + d;
        return Finish(Mix(b, hash) + a);
    }

    private static uint OfLong(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        var h = (uint)end;
        var g = First * h;
        var f = g;
        h = Step(Step(h, Scramble(bytes, end - 4)), Scramble(bytes, end - 16));
        g = Step(Step(g, Scramble(bytes, end - 8)), Scramble(bytes, end - 12));
        f = BitOperations.RotateRight(f + Scramble(bytes, end - 20), 19) + 113;
        for (var at = 0; end - at > Block; at += Block)
        {
            var (a, b, c) = (Read(bytes, at), Read(bytes, at + 4), Read(bytes, at + 8));
            var (d, e) = (Read(bytes, at + 12), Read(bytes, at + 16));
            h = Mix(d, h + a) + e;
            g = Mix(c, g + b) + a;
            f = Mix(b + (e * First), f + c) + d;
            f += g;
            g += f;
        }

        g = Turn(Turn(g, 11), 17);
        f = Turn(Turn(f, 11), 17);
        h = Turn(Step(h + g, 0), 17);
        return Turn(Step(h + f, 0), 17);
    }

    private static uint Scramble(ReadOnlySpan<byte> bytes, int at) =>
        BitOperations.RotateRight(Read(bytes, at) * First, 17) * Second;

    private static uint Step(uint hash, uint block) => (BitOperations.RotateRight(hash ^ block, 19) * 5) + 0xe6546b64;

    private static uint Turn(uint hash, int by) => BitOperations.RotateRight(hash, by) * First;

    private static uint Mix(uint block, uint hash) => Step(hash, BitOperations.RotateRight(block * First, 17) * Second);

    private static uint Finish(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Read(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at, 4));
}
