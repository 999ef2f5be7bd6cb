using System.Globalization;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Durations in headers.</summary>
internal static class NexusDuration
{
    /// <summary>As the Nexus protocol writes them.</summary>
    public static string ToMilliseconds(TimeSpan span) =>
        ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms";

    /// <summary>As Go prints them, which is what workers are given: <c>9.8s</c>, <c>1m30s</c>, <c>450ms</c>.</summary>
    public static string ToGoText(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            return "-" + ToGoText(span.Negate());
        }

        if (span == TimeSpan.Zero)
        {
            return "0s";
        }

        if (span < TimeSpan.FromSeconds(1))
        {
            return Number(span.TotalMilliseconds) + "ms";
        }

        var seconds = span.TotalSeconds % 60;
        var minutes = (long)span.TotalMinutes;
        var text = Number(Math.Round(seconds, 7)) + "s";
        if (minutes > 0)
        {
            text = $"{minutes % 60}m{text}";
        }

        return minutes >= 60 ? $"{minutes / 60}h{text}" : text;
    }

    /// <summary>Reads <c>^\d+(\.\d+)?(ms|s|m)$</c>; false when it is nothing of that form.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var (unit, length) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (TimeSpan.FromMilliseconds(1), 2),
            _ when text.EndsWith('s') => (TimeSpan.FromSeconds(1), 1),
            _ when text.EndsWith('m') => (TimeSpan.FromMinutes(1), 1),
            _ => (TimeSpan.Zero, 0),
        };
        var number = text[..^length];
        var isNumber = length > 0 && number.Length > 0 && char.IsAsciiDigit(number[0]) && char.IsAsciiDigit(number[^1])
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        if (!isNumber)
        {
            return false;
        }

        var value = double.Parse(number, CultureInfo.InvariantCulture) * unit.TotalMilliseconds;
        span = TimeSpan.FromMilliseconds(Math.Min(value, DurationConversions.Longest.TotalMilliseconds));
        return true;
    }

    private static string Number(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
