using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>Reads a time zone file (RFC 9636) that a client sent with its spec.</summary>
internal static class TimeZoneData
{
    private const int HeaderBytes = 44;
    private const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out ScheduleZone? zone)
    {
        zone = null;
        if (file.Length > MaxBytes || Header.Read(file) is not { } first)
        {
            return false;
        }

        if (first.Version == 0)
        {
            return TryReadBody(file[HeaderBytes..], first, timeBytes: 4, PosixZone.None, out zone);
        }

        // The second copy has 64-bit times and, behind it, the rule for all times to come.
        var second = file[Math.Min(file.Length, HeaderBytes + first.BodyBytes(4))..];
        if (Header.Read(second) is not { } header || second.Length < HeaderBytes + header.BodyBytes(8))
        {
            return false;
        }

        var footer = Encoding.ASCII.GetString(second[(HeaderBytes + header.BodyBytes(8))..]).Trim('\n');
        return PosixZone.TryParse(footer, out var rule)
            && TryReadBody(second[HeaderBytes..], header, timeBytes: 8, rule, out zone);
    }

    private static bool TryReadBody(
        ReadOnlySpan<byte> body, Header header, int timeBytes, PosixZone rule, out ScheduleZone? zone)
    {
        zone = null;
        if (body.Length < header.BodyBytes(timeBytes) || header.Types == 0)
        {
            return false;
        }

        var times = new long[header.Times];
        var offsets = new TimeSpan[header.Times];
        var types = body[(header.Times * (timeBytes + 1))..];
        for (var index = 0; index < header.Times; index++)
        {
            var type = body[(header.Times * timeBytes) + index];
            if (type >= header.Types)
            {
                return false;
            }

            times[index] = timeBytes == 8
                ? BinaryPrimitives.ReadInt64BigEndian(body[(index * 8)..])
                : BinaryPrimitives.ReadInt32BigEndian(body[(index * 4)..]);
            offsets[index] = OffsetOf(types, type);
            if ((index > 0 && times[index] <= times[index - 1]) || offsets[index].Duration() > LargestOffset)
            {
                return false;
            }
        }

        var before = OffsetOf(types, 0);
        if (before.Duration() > LargestOffset)
        {
            return false;
        }

        zone = ScheduleZone.Of(at => OffsetAt(at, times, offsets, before, rule));
        return true;
    }

    private static TimeSpan OffsetOf(ReadOnlySpan<byte> types, int type) =>
        TimeSpan.FromSeconds(BinaryPrimitives.ReadInt32BigEndian(types[(type * 6)..]));

    private static TimeSpan OffsetAt(
        Instant at, long[] times, TimeSpan[] offsets, TimeSpan before, PosixZone rule)
    {
        var seconds = (long)Math.Floor(at.Ticks / (decimal)TimeSpan.TicksPerSecond);
        var found = Array.BinarySearch(times, seconds);
        var index = found >= 0 ? found : ~found - 1;
        if (index < 0)
        {
            return before;
        }

        return index == times.Length - 1 && rule.OffsetAt(at) is { } ruled ? ruled : offsets[index];
    }

    private readonly record struct Header(
        int Version, int UtcMarks, int StandardMarks, int Leaps, int Times, int Types, int NameBytes)
    {
        public static Header? Read(ReadOnlySpan<byte> file)
        {
            if (file.Length < HeaderBytes || !file.StartsWith("TZif"u8))
            {
                return null;
            }

            var header = new Header(
                file[4],
                Count(file, 20),
                Count(file, 24),
                Count(file, 28),
                Count(file, 32),
                Count(file, 36),
                Count(file, 40));
            return header.IsSane ? header : null;
        }

        public int BodyBytes(int timeBytes) =>
            (Times * (timeBytes + 1)) + (Types * 6) + NameBytes + (Leaps * (timeBytes + 4)) + StandardMarks + UtcMarks;

        private bool IsSane =>
            IsCount(UtcMarks) && IsCount(StandardMarks) && IsCount(Leaps) && IsCount(Times) && IsCount(Types)
            && IsCount(NameBytes);

        private static bool IsCount(int count) => count is >= 0 and <= MaxBytes;

        private static int Count(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadInt32BigEndian(file[at..]);
    }
}
