using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine;

/// <summary>A point in time in 100 ns ticks since 1970-01-01 UTC.</summary>
internal readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;
    private const int NanosPerTick = 100;
    private const int MaxNanos = 999_999_999;
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    public static Instant MaxValue { get; } = new(DateTime.MaxValue.Ticks - UnixEpochTicks);

    public static Instant From(DateTimeOffset time) => new(time.UtcTicks - UnixEpochTicks);

    /// <summary>The wire's time. What is past the calendar's ends, or no time at all, is the nearest that is one.</summary>
    public static Instant From(Timestamp time)
    {
        var seconds = Math.Clamp(time.Seconds, FirstSecond, LastSecond);
        return new((seconds * TimeSpan.TicksPerSecond) + (Math.Clamp(time.Nanos, 0, MaxNanos) / NanosPerTick));
    }

    public Timestamp ToTimestamp()
    {
        var (seconds, ticks) = Math.DivRem(Ticks, TimeSpan.TicksPerSecond);
        if (ticks < 0)
        {
            (seconds, ticks) = (seconds - 1, ticks + TimeSpan.TicksPerSecond);
        }

        return new Timestamp { Seconds = seconds, Nanos = (int)ticks * NanosPerTick };
    }

    public DateTimeOffset ToDateTimeOffset() => new(Ticks + UnixEpochTicks, TimeSpan.Zero);

    /// <summary>The instant this much later; one past the calendar's end is <see cref="MaxValue"/>.</summary>
    public static Instant operator +(Instant instant, TimeSpan span) =>
        span.Ticks > MaxValue.Ticks - instant.Ticks ? MaxValue : new Instant(instant.Ticks + span.Ticks);

    public static Instant operator -(Instant instant, TimeSpan span) => new(instant.Ticks - span.Ticks);

    public static TimeSpan operator -(Instant left, Instant right) => new(left.Ticks - right.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    public static Instant Later(Instant left, Instant right) => left > right ? left : right;

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    public override string ToString() => ToDateTimeOffset().ToString("O");
}
