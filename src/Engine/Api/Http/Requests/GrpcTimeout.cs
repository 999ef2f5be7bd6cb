using System.Globalization;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>How long a caller will wait, as gRPC writes it: digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>Null when the caller says nothing that makes sense.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is not { Length: >= 2 and <= MaxDigits + 1 }
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = text[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0L,
            _ => -1L,
        };
        if (unit < 0)
        {
            return null;
        }

        var time = unit == 0 ? TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick) : TimeSpan.FromTicks(count * unit);
        return time < Longest ? time : Longest;
    }
}
