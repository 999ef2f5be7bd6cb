using System.Buffers;
using System.Globalization;

namespace AugmentedOS.Engine.Executions.Cron;

/// <summary>Durations as @every takes them: decimal numbers with units, such as 1h30m or 1.5s.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond),
        ("μs", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest.SequenceEqual("0"))
        {
            return true;
        }

        var ticks = 0.0;
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            if (!TryTakePart(ref rest, out var part))
            {
                return false;
            }

            ticks += part;
        }

        // A Go duration is 64 bits of nanoseconds: 292 years.
        if (ticks > long.MaxValue / 100.0)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(isNegative ? -ticks : ticks));
        return true;
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, out double ticks)
    {
        ticks = 0;
        var digits = rest.IndexOfAnyExcept(Digits);
        if (digits <= 0
            || !double.TryParse(
                rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var end = rest[digits..].IndexOfAny(Digits);
        var unit = (end < 0 ? rest[digits..] : rest[digits..(digits + end)]).ToString();
        var known = Array.FindIndex(Units, u => u.Unit == unit);
        if (known < 0)
        {
            return false;
        }

        ticks = number * Units[known].Ticks;
        rest = end < 0 ? [] : rest[(digits + end)..];
        return true;
    }
}
