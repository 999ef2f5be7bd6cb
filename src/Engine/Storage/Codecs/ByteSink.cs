using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>A growing buffer that facts and states are written into. One a thread, used again and again.</summary>
internal sealed class ByteSink : IBufferWriter<byte>
{
    private const int InitialBytes = 4 * 1024;
    private const int KeptBytes = 256 * 1024;
    private const int ShortPrefixBytes = 2;
    private const int LongPrefixBytes = 5;
    private const int LongestShortBlock = (1 << (7 * ShortPrefixBytes)) - 1;

    [ThreadStatic]
    private static ByteSink? _ofThisThread;

    private byte[] _buffer = new byte[InitialBytes];
    private int _length;

    /// <summary>This thread's sink, empty. Not to be held across another use on the same thread.</summary>
    public static ByteSink OfThisThread()
    {
        var sink = _ofThisThread ??= new ByteSink();
        sink._length = 0;
        return sink;
    }

    public int Length => _length;

    /// <summary>What was written, copied; a buffer that one huge value blew up is let go.</summary>
    public byte[] Detach()
    {
        var written = _buffer.AsSpan(0, _length).ToArray();
        if (_buffer.Length > KeptBytes)
        {
            _buffer = new byte[InitialBytes];
        }

        _length = 0;
        return written;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Unsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>A signed number, short when it is near zero.</summary>
    public void Number(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Time(Instant value)
    {
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value.Ticks);
        _length += sizeof(long);
    }

    public void OptionalTime(Instant? value)
    {
        Flag(value.HasValue);
        if (value is { } time)
        {
            Time(time);
        }
    }

    public void Span(TimeSpan value) => Number(value.Ticks);

    public void Guid(Guid value)
    {
        Reserve(16);
        value.TryWriteBytes(_buffer.AsSpan(_length), bigEndian: true, out _);
        _length += 16;
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)bytes);
        Reserve(bytes);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Message(IMessage value)
    {
        var block = BeginBlock();
        value.WriteTo(this);
        EndBlock(block);
    }

    public void OptionalMessage(IMessage? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Message(value);
        }
    }

    /// <summary>
    /// Starts a stretch of bytes that is preceded by its length, which nobody has to compute beforehand.
    /// </summary>
    public int BeginBlock()
    {
        Reserve(ShortPrefixBytes);
        var start = _length;
        _length += ShortPrefixBytes;
        return start;
    }

    /// <summary>
    /// Ends the stretch. Its length is a varint padded to two bytes; a long stretch moves to make room for five.
    /// </summary>
    public void EndBlock(int start)
    {
        var size = _length - start - ShortPrefixBytes;
        var prefix = ShortPrefixBytes;
        if (size > LongestShortBlock)
        {
            Reserve(LongPrefixBytes - ShortPrefixBytes);
            _buffer.AsSpan(start + ShortPrefixBytes, size).CopyTo(_buffer.AsSpan(start + LongPrefixBytes));
            _length += LongPrefixBytes - ShortPrefixBytes;
            prefix = LongPrefixBytes;
        }

        var rest = (uint)size;
        for (var i = 0; i < prefix - 1; i++)
        {
            _buffer[start + i] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[start + prefix - 1] = (byte)(rest & 0x7F);
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }
    }
}
