using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine;

/// <summary>Between the wire's durations and ours. Values outside a hundred years are capped, as a server does.</summary>
internal static class DurationConversions
{
    /// <summary>The longest duration that anything may have.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>The duration, zero when absent.</summary>
    public static TimeSpan OrZero(this Duration? duration)
    {
        if (duration is null)
        {
            return TimeSpan.Zero;
        }

        var seconds = Math.Clamp(duration.Seconds, -(long)Longest.TotalSeconds, (long)Longest.TotalSeconds);
        return new TimeSpan((seconds * TimeSpan.TicksPerSecond) + (duration.Nanos / 100));
    }

    /// <summary>Why a duration on the wire is not a time that something may take; null when it is one or absent.</summary>
    public static string? Problem(this Duration? duration)
    {
        if (duration is null)
        {
            return null;
        }

        if (duration.Seconds is < Duration.MinSeconds or > Duration.MaxSeconds)
        {
            return $"seconds out of range: {duration.Seconds}";
        }

        if (Math.Abs((long)duration.Nanos) >= Duration.NanosecondsPerSecond)
        {
            return $"nanos out of range: {duration.Nanos}";
        }

        if ((duration.Seconds < 0 && duration.Nanos > 0) || (duration.Seconds > 0 && duration.Nanos < 0))
        {
            return "seconds and nanos have different signs";
        }

        return duration.Seconds < 0 || duration.Nanos < 0 ? "negative duration" : null;
    }

    public static Duration ToProto(this TimeSpan span) => Duration.FromTimeSpan(span);
}
