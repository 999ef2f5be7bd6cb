using System.Buffers.Binary;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>
/// What the first 100 bytes of a database file say: https://www.sqlite.org/fileformat2.html#the_database_header.
/// </summary>
internal static class DatabaseHeader
{
    private const int PageSizeOffset = 16;
    private const int ChangeCounterOffset = 24;
    private const int PageCountOffset = 28;
    private const int ValidForOffset = 92;
    private const int LargestPage = 65_536;

    /// <summary>How long the file must be at least; 0 when the header does not say.</summary>
    public static long ExpectedLength(ReadOnlySpan<byte> header)
    {
        // A page of 64 KiB does not fit into two bytes and is written as 1.
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeOffset..]) is var size && size == 1
            ? LargestPage
            : size;
        var isCurrent = header.Slice(ChangeCounterOffset, sizeof(uint))
            .SequenceEqual(header.Slice(ValidForOffset, sizeof(uint)));
        return isCurrent ? (long)pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[PageCountOffset..]) : 0;
    }
}
