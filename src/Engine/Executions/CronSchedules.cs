using AugmentedOS.Engine.Executions.Cron;

namespace AugmentedOS.Engine.Executions;

/// <summary>The cron schedules that a workflow may have.</summary>
internal static class CronSchedules
{
    private const string Invalid = "invalid CronSchedule.";
    private const string NeverDue = "invalid CronSchedule, no time can be found to satisfy the schedule";

    /// <summary>What is wrong with a schedule, word for word; null when nothing is, or when there is none.</summary>
    public static string? Validate(string schedule, Instant now)
    {
        if (schedule.Length == 0)
        {
            return null;
        }

        if (!CronSchedule.TryParse(schedule, out var parsed))
        {
            return Invalid;
        }

        return parsed.Next(now, now) is null ? NeverDue : null;
    }

    /// <summary>How long from now to the first tick, in whole seconds; null without a schedule.</summary>
    public static TimeSpan? Backoff(string schedule, Instant now) => Backoff(schedule, now, now);

    /// <summary>How long from now to the next tick after <paramref name="lastExecutionAt"/> that is not past, rounded
    /// up to whole seconds; null when there is none.</summary>
    public static TimeSpan? Backoff(string schedule, Instant lastExecutionAt, Instant now)
    {
        if (schedule.Length == 0
            || !CronSchedule.TryParse(schedule, out var parsed)
            || parsed.Next(lastExecutionAt, now) is not { } next)
        {
            return null;
        }

        var seconds = Math.Ceiling((next - now).TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }
}
