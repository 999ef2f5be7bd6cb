using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Writes the bytes of an opaque token.</summary>
internal ref struct TokenWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public void Write(byte value) => _buffer[_length++] = value;

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[_length..], value);
        _length += sizeof(long);
    }

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_length..], value);
        _length += sizeof(int);
    }

    public void Write(Guid value)
    {
        value.TryWriteBytes(_buffer[_length..]);
        _length += 16;
    }

    /// <summary>Text to the token's end.</summary>
    public void WriteLast(string text) => _length += Encoding.UTF8.GetBytes(text, _buffer[_length..]);

    public readonly ByteString ToToken() => ByteString.CopyFrom(_buffer[.._length]);
}
