using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>Reads what a <see cref="ByteSink"/> wrote.</summary>
/// <exception cref="JournalException">The bytes end too early or make no sense: the file is damaged.</exception>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    public long Number()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => checked((int)Number());

    public Instant Time() => new(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))));

    public Instant? OptionalTime() => Flag() ? Time() : null;

    public TimeSpan Span() => new(Number());

    public Guid Guid() => new(Take(16), bigEndian: true);

    public string Text() => Encoding.UTF8.GetString(Block());

    public string? OptionalText() => Flag() ? Text() : null;

    public T Message<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(Block());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new JournalException("A stored message is damaged.", e);
        }
    }

    public T? OptionalMessage<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => Flag() ? Message(parser) : null;

    /// <summary>A stretch of bytes preceded by its length.</summary>
    public ReadOnlySpan<byte> Block()
    {
        var length = Unsigned();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Damaged();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Damaged();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static JournalException Damaged() => new("A stored record is damaged: its bytes end too early.");
}
