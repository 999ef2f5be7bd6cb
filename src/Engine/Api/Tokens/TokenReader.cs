using System.Buffers.Binary;
using System.Text;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Reads the bytes of an opaque token; check <see cref="Has"/> first.</summary>
internal ref struct TokenReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool Has(int length) => _rest.Length >= length;

    public byte ReadByte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long ReadInt64()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value;
    }

    public int ReadInt32()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        _rest = _rest[sizeof(int)..];
        return value;
    }

    public Guid ReadGuid()
    {
        var value = new Guid(_rest[..16]);
        _rest = _rest[16..];
        return value;
    }

    public readonly string ReadLast() => Encoding.UTF8.GetString(_rest);
}
