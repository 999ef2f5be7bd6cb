using System.Globalization;

namespace AugmentedOS.Engine.Visibility;

/// <summary>RFC 3339 with any number of fraction digits, as Go's time.RFC3339Nano reads it.</summary>
internal static class DatetimeText
{
    private const int TickDigits = 7;

    /// <summary>
    /// Digits finer than the engine's 100 ns tick are cut off, on stored values and on literals alike.
    /// </summary>
    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        if (text.Length < 20 || text[10] != 'T' || !TryParseSeconds(text[..19], out var seconds))
        {
            return false;
        }

        var position = 19;
        if (!TryReadFraction(text, ref position, out var ticks) ||
            !TryReadOffset(text, position, out var offset))
        {
            return false;
        }

        // Near both ends of the calendar an offset can lead outside of it; such a time compares as the end.
        var local = seconds.Ticks + ticks;
        var utc = Math.Clamp(local - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        instant = Instant.From(new DateTimeOffset(utc, TimeSpan.Zero));
        return true;
    }

    private static bool TryParseSeconds(string text, out DateTime seconds) => DateTime.TryParseExact(
        text, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out seconds);

    private static bool TryReadFraction(string text, ref int position, out long ticks)
    {
        ticks = 0;
        if (text[position] != '.')
        {
            return true;
        }

        var start = ++position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        var digits = text.AsSpan(start, Math.Min(position - start, TickDigits)).ToString().PadRight(TickDigits, '0');
        ticks = long.Parse(digits, CultureInfo.InvariantCulture);
        return position > start;
    }

    private static bool TryReadOffset(string text, int position, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        var zone = text.AsSpan(position);
        if (zone is "Z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':' ||
            !int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ||
            !int.TryParse(zone[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ||
            hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
        return true;
    }
}
