using Temporalio.Api.Schedule.V1;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Schedules.Describing;

/// <summary>A spec as clients see it: every range with its end and its step.</summary>
internal static class SpecView
{
    public static ScheduleSpec Of(ScheduleSpec canonical)
    {
        var shown = canonical.Clone();
        shown.TimezoneData = Google.Protobuf.ByteString.Empty;
        foreach (var calendar in shown.StructuredCalendar.Concat(shown.ExcludeStructuredCalendar))
        {
            Fill(calendar.Second);
            Fill(calendar.Minute);
            Fill(calendar.Hour);
            Fill(calendar.DayOfMonth);
            Fill(calendar.Month);
            Fill(calendar.Year);
            Fill(calendar.DayOfWeek);
        }

        return shown;
    }

    /// <summary>The beginning of each list.</summary>
    public static ScheduleSpec Short(ScheduleSpec canonical, int count)
    {
        var shown = Of(canonical);
        Cut(shown.StructuredCalendar, count);
        Cut(shown.ExcludeStructuredCalendar, count);
        Cut(shown.Interval, count);
        return shown;
    }

    private static void Fill(IEnumerable<CalendarRange> ranges)
    {
        foreach (var range in ranges)
        {
            range.End = Math.Max(range.End, range.Start);
            range.Step = range.Step == 0 ? 1 : range.Step;
        }
    }

    private static void Cut<T>(IList<T> items, int count)
    {
        while (items.Count > count)
        {
            items.RemoveAt(items.Count - 1);
        }
    }
}
