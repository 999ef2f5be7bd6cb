using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>What is wrong with the parts of a spec, word for word; null when nothing is.</summary>
internal static class SpecValidation
{
    private const int MaxCommentLength = 200;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    public static string? Check(StructuredCalendarSpec calendar)
    {
        var problems = new List<string>();
        Check(calendar.Second, CalendarField.Second, CalendarField.Second.Max, problems);
        Check(calendar.Minute, CalendarField.Minute, CalendarField.Minute.Max, problems);
        Check(calendar.Hour, CalendarField.Hour, CalendarField.Hour.Max, problems);
        Check(calendar.DayOfMonth, CalendarField.DayOfMonth, CalendarField.DayOfMonth.Max, problems);
        Check(calendar.Month, CalendarField.Month, CalendarField.Month.Max, problems);
        Check(calendar.Year, CalendarField.Year, CalendarField.Year.Max, problems);

        // The second Sunday is for texts only.
        Check(calendar.DayOfWeek, CalendarField.DayOfWeek, CalendarField.DayOfWeek.Max - 1, problems);
        if (Utf8Length.Of(calendar.Comment) > MaxCommentLength)
        {
            problems.Add("comment is too long");
        }

        return problems.Count == 0 ? null : "invalid calendar spec: " + string.Join(", ", problems);
    }

    public static string? Check(IntervalSpec interval)
    {
        var (every, phase) = (interval.Interval.OrZero(), interval.Phase.OrZero());
        if (every < ShortestInterval)
        {
            return "interval is too small";
        }

        if (phase < TimeSpan.Zero)
        {
            return "phase is negative";
        }

        return phase >= every ? "phase cannot be greater than Interval" : null;
    }

    /// <summary>Whether the durations are durations at all.</summary>
    public static string? CheckWire(IntervalSpec interval) =>
        Malformed(interval.Interval) is { } every ? $"interval is not a valid duration: {every}"
        : Malformed(interval.Phase) is { } phase ? $"phase is not a valid duration: {phase}"
        : null;

    private static string? Malformed(Duration? duration) =>
        duration.Problem() is { } problem and not "negative duration" ? problem : null;

    private static void Check(
        IEnumerable<CalendarRange> ranges, CalendarField field, int max, List<string> problems)
    {
        foreach (var range in ranges)
        {
            if (range.Start < field.Min || range.Start > max)
            {
                problems.Add($"{field.Name} Start is not in range [{field.Min}-{max}]");
            }

            if (range.End != 0 && (range.End < range.Start || range.End > max))
            {
                problems.Add($"{field.Name} End is before Start or not in range [{field.Min}-{max}]");
            }

            if (range.Step < 0)
            {
                problems.Add($"{field.Name} has invalid Step");
            }
        }
    }
}
