using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>Turns a calendar that is written as texts into one of ranges.</summary>
internal static class CalendarText
{
    /// <returns>Everything that is wrong with it; null when nothing is.</returns>
    public static string? Parse(CalendarSpec text, out StructuredCalendarSpec structured)
    {
        structured = new StructuredCalendarSpec { Comment = text.Comment };
        var problems = new List<string>();
        Read(text.Second, CalendarField.Second, structured.Second, problems);
        Read(text.Minute, CalendarField.Minute, structured.Minute, problems);
        Read(text.Hour, CalendarField.Hour, structured.Hour, problems);
        Read(text.DayOfWeek, CalendarField.DayOfWeek, structured.DayOfWeek, problems);
        Read(text.DayOfMonth, CalendarField.DayOfMonth, structured.DayOfMonth, problems);
        Read(text.Month, CalendarField.Month, structured.Month, problems);
        Read(text.Year, CalendarField.Year, structured.Year, problems);
        return problems.Count == 0 ? null : string.Join(", ", problems);
    }

    private static void Read(
        string text, CalendarField field, RepeatedField<CalendarRange> ranges, List<string> problems)
    {
        if (RangeText.Parse(text, field, ranges) is { } problem)
        {
            problems.Add(problem);
        }
    }
}
