using System.Globalization;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// The ways to write an ExecutionDuration: <c>5400000000000</c>, <c>1h30m</c>, <c>1d</c>, <c>01:30:00</c>.
/// </summary>
internal static class DurationText
{
    private const decimal NanosPerSecond = 1_000_000_000m;

    public static bool TryParse(string text, out long nanos) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out nanos) ||
        TryParseUnits(text, out nanos) ||
        TryParseClock(text, out nanos);

    private static bool TryParseUnits(string text, out long nanos)
    {
        nanos = 0;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = rest[(negative || rest.StartsWith("+") ? 1 : 0)..];
        if (rest.IsEmpty || text.Length > 64)
        {
            return false;
        }

        var total = 0m;
        while (!rest.IsEmpty)
        {
            var number = rest[..LengthWhile(rest, character => char.IsAsciiDigit(character) || character == '.')];
            rest = rest[number.Length..];
            var unit = rest[..LengthWhile(rest, character => !char.IsAsciiDigit(character) && character != '.')];
            rest = rest[unit.Length..];
            if (!TryScale(number, unit, out var part) || (total += part) > long.MaxValue)
            {
                return false;
            }
        }

        nanos = (long)(negative ? -total : total);
        return true;
    }

    private static bool TryScale(ReadOnlySpan<char> number, ReadOnlySpan<char> unit, out decimal nanos)
    {
        decimal? scale = unit switch
        {
            "ns" => 1m,
            "us" or "µs" or "μs" => 1_000m,
            "ms" => 1_000_000m,
            "s" => NanosPerSecond,
            "m" => 60 * NanosPerSecond,
            "h" => 3_600 * NanosPerSecond,
            "d" => 86_400 * NanosPerSecond,
            _ => null,
        };
        nanos = 0;
        if (scale is null || number.Length > 18 ||
            !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ||
            value > long.MaxValue / scale)
        {
            return false;
        }

        nanos = decimal.Truncate(value * scale.Value);
        return true;
    }

    private static bool TryParseClock(string text, out long nanos)
    {
        nanos = 0;
        var parts = text.Split(':');
        if (parts.Length != 3 || parts.Any(part => part.Length is 0 or > 6 || !part.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var numbers = Array.ConvertAll(parts, part => long.Parse(part, CultureInfo.InvariantCulture));
        if (numbers[1] > 59 || numbers[2] > 59)
        {
            return false;
        }

        nanos = ((numbers[0] * 3_600) + (numbers[1] * 60) + numbers[2]) * (long)NanosPerSecond;
        return true;
    }

    private static int LengthWhile(ReadOnlySpan<char> text, Func<char, bool> matches)
    {
        var length = 0;
        while (length < text.Length && matches(text[length]))
        {
            length++;
        }

        return length;
    }
}
