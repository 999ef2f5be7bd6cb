using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>Brings a spec into the one form that it is kept in: calendars of texts and cron strings become calendars of
/// ranges and intervals.</summary>
internal static class SpecCanon
{
    private const string ConflictingZones = "conflicting timezone names";

    /// <returns>A spec of its own, or what is wrong with the given one.</returns>
    public static Validated<ScheduleSpec> Of(ScheduleSpec given)
    {
        var spec = given.Clone();
        var problem = First(spec.Interval, SpecValidation.CheckWire)
            ?? Calendars(spec)
            ?? Crons(spec)
            ?? First(spec.StructuredCalendar, SpecValidation.Check)
            ?? First(spec.Interval, SpecValidation.Check);
        return problem is null ? spec : Refuse(problem);
    }

    public static Rejection Refuse(string problem) => Rejection.InvalidArgument($"Invalid schedule spec: {problem}");

    private static string? Calendars(ScheduleSpec spec)
    {
        foreach (var calendar in spec.Calendar)
        {
            if (CalendarText.Parse(calendar, out var structured) is { } wrong)
            {
                return wrong;
            }

            spec.StructuredCalendar.Add(structured);
        }

        foreach (var calendar in spec.ExcludeCalendar)
        {
            if (CalendarText.Parse(calendar, out var structured) is { } wrong)
            {
                return wrong;
            }

            spec.ExcludeStructuredCalendar.Add(structured);
        }

        spec.Calendar.Clear();
        spec.ExcludeCalendar.Clear();
        return null;
    }

    private static string? Crons(ScheduleSpec spec)
    {
        string? zone = null;
        foreach (var text in spec.CronString)
        {
            if (CronText.Parse(text, out var cron) is { } wrong)
            {
                return wrong;
            }

            // All of them must agree, also on having none.
            if (zone is not null && zone != cron!.Zone)
            {
                return ConflictingZones;
            }

            zone = cron!.Zone;
            if (cron.Calendar is { } calendar)
            {
                spec.StructuredCalendar.Add(calendar);
            }

            if (cron.Interval is { } interval)
            {
                spec.Interval.Add(interval);
            }
        }

        spec.CronString.Clear();
        return string.IsNullOrEmpty(zone) ? null : TakeZone(spec, zone);
    }

    private static string? TakeZone(ScheduleSpec spec, string zone)
    {
        if ((spec.TimezoneName.Length > 0 && spec.TimezoneName != zone) || !spec.TimezoneData.IsEmpty)
        {
            return ConflictingZones;
        }

        spec.TimezoneName = zone;
        return null;
    }

    private static string? First<T>(IEnumerable<T> parts, Func<T, string?> check)
        where T : IMessage => parts.Select(check).FirstOrDefault(problem => problem is not null);
}
