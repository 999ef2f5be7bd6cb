using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine;

/// <summary>Between the wire's durations and ours. Values outside a hundred years are capped, as a server does.</summary>
internal static class DurationConversions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

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

    public static Duration ToProto(this TimeSpan span) => Duration.FromTimeSpan(span);
}
