using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>A time zone as stretches of time in which the clock on the wall runs steadily.</summary>
internal sealed class ScheduleZone
{
    /// <summary>No zone changes its clock twice within this time and ends up where it was.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromDays(1);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-");

    private readonly Func<Instant, TimeSpan> _offsetAt;

    private ScheduleZone(Func<Instant, TimeSpan> offsetAt) => _offsetAt = offsetAt;

    public static ScheduleZone Utc { get; } = new(static _ => TimeSpan.Zero);

    public static bool TryFind(string name, [NotNullWhen(true)] out ScheduleZone? zone)
    {
        zone = name is "" or "UTC" ? Utc : null;
        if (zone is null && !name.AsSpan().ContainsAnyExcept(NameCharacters)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            zone = new ScheduleZone(at => found.GetUtcOffset(at.ToDateTimeOffset().UtcDateTime));
        }

        return zone is not null;
    }

    /// <summary>A zone whose clock is this much ahead of UTC.</summary>
    public static ScheduleZone Of(Func<Instant, TimeSpan> offsetAt) => new(offsetAt);

    public TimeSpan OffsetAt(Instant at) => _offsetAt(at);

    /// <summary>What the clock on the wall shows.</summary>
    public DateTime ToLocal(Instant at) => At(at, OffsetAt(at));

    public static DateTime At(Instant at, TimeSpan offset) =>
        DateTime.SpecifyKind(at.ToDateTimeOffset().UtcDateTime + offset, DateTimeKind.Unspecified);

    /// <summary>The offset at a time, and until when at least it stays.</summary>
    /// <param name="at">A whole second.</param>
    public (TimeSpan Offset, Instant Until) StretchAt(Instant at)
    {
        var offset = OffsetAt(at);
        var end = at + Stretch;
        if (OffsetAt(end) == offset)
        {
            return (offset, end);
        }

        // The change is somewhere between: halve until its second is known.
        var same = 0L;
        var other = (long)Stretch.TotalSeconds;
        while (other - same > 1)
        {
            var middle = (same + other) / 2;
            if (OffsetAt(at + TimeSpan.FromSeconds(middle)) == offset)
            {
                same = middle;
            }
            else
            {
                other = middle;
            }
        }

        return (offset, at + TimeSpan.FromSeconds(other));
    }
}
