using CsCheck;
using Temporalio.Api.Schedule.V1;
using static AugmentedOS.Engine.Tests.Schedules.Spec.SpecTexts;

namespace AugmentedOS.Engine.Tests.Schedules.Spec;

/// <summary>Times, checked against looking at every single second (or half hour) of the clock on the wall.</summary>
public sealed class SpecOracleTests
{
    /// <summary>Zones that change at odd times, by odd amounts, or at midnight; and the hour of one such change each.
    /// </summary>
    private static readonly (string Zone, string Change)[] Changes =
    [
        ("UTC", "2026-03-01T00:00:00Z"),
        ("US/Pacific", "2022-03-13T10:00:00Z"),
        ("US/Pacific", "2021-11-07T09:00:00Z"),
        ("Europe/London", "2026-10-25T01:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
        ("Asia/Beirut", "2026-03-28T22:00:00Z"),
        ("Asia/Beirut", "2026-10-24T21:00:00Z"),
        ("Cuba", "2026-03-08T05:00:00Z"),
        ("Cuba", "2026-11-01T05:00:00Z"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z"),
        ("America/Caracas", "2016-05-01T07:00:00Z"),
        ("Africa/Casablanca", "2026-02-15T02:00:00Z"),
    ];

    private static readonly Gen<string> Field60 = OneOf("*", "0", "7", "*/7", "20-40/3", "59", "0,30,31");
    private static readonly Gen<string> Hours = OneOf("*", "0", "1", "2", "23", "0-3", "1-23/2", "2,22");
    private static readonly Gen<string> Days = OneOf("*", "*", "1", "28-31", "1-31/2", "7,8,13");
    private static readonly Gen<string> Weekdays = OneOf("*", "*", "sun", "mon-fri", "6,0");
    private static readonly Gen<string> Months = OneOf("*", "*", "3,10,11", "2", "1-12/2");

    private static readonly Gen<CalendarSpec> Calendars =
        from second in Field60
        from minute in Field60
        from hour in Hours
        from day in Days
        from month in Months
        from weekday in Weekdays
        select new CalendarSpec
        {
            Second = second,
            Minute = minute,
            Hour = hour,
            DayOfMonth = day,
            Month = month,
            DayOfWeek = weekday,
        };

    [Fact]
    public void Times_WhenTheClockChanges_AreTheSecondsAtWhichItShowsAMatch() =>
        Gen.Select(Calendars, OneOf(Changes), Gen.Int[0, 8 * 3600], Calendars, Gen.Int[0, 2]).Sample(
            (calendar, change, lead, excluded, exclusions) =>
            {
                var spec = Calendar(calendar);
                spec.TimezoneName = change.Zone;
                if (exclusions == 0)
                {
                    spec.ExcludeCalendar.Add(excluded);
                }

                var after = new Instant(At(change.Change).Ticks - (lead * TimeSpan.TicksPerSecond));
                var until = after + TimeSpan.FromHours(9);
                Assert.Equal(Oracle(spec, after, until, TimeSpan.FromSeconds(1)), Computed(spec, after, until));
            },
            iter: 300);

    [Fact]
    public void Times_WhenYearsGoBy_AreTheHalfHoursAtWhichTheClockShowsAMatch() =>
        Gen.Select(Hours, Days, Months, Weekdays, OneOf(Changes)).Sample(
            (hour, day, month, weekday, change) =>
            {
                var spec = Calendar(new CalendarSpec
                {
                    Minute = "0,30",
                    Hour = hour,
                    DayOfMonth = day,
                    Month = month,
                    DayOfWeek = weekday,
                });
                spec.TimezoneName = change.Zone;
                var after = At("2024-02-27T00:00:00Z");
                var until = after + TimeSpan.FromDays(900);
                Assert.Equal(Oracle(spec, after, until, TimeSpan.FromMinutes(30)), Computed(spec, after, until));
            },
            iter: 60);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static List<Instant> Computed(ScheduleSpec spec, Instant after, Instant until)
    {
        var compiled = Compile(spec);
        var times = new List<Instant>();
        while (compiled.Next("seed", after) is { } next && next.Nominal <= until)
        {
            times.Add(next.Nominal);
            after = next.Nominal;
        }

        return times;
    }

    private static List<Instant> Oracle(ScheduleSpec spec, Instant after, Instant until, TimeSpan step)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimezoneName);
        var times = new List<Instant>();
        for (var at = after + step; at <= until; at += step)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(at.ToDateTimeOffset().UtcDateTime, zone);
            if (spec.Calendar.Any(calendar => Shows(calendar, local))
                && !spec.ExcludeCalendar.Any(calendar => Shows(calendar, local)))
            {
                times.Add(at);
            }
        }

        return times;
    }

    private static bool Shows(CalendarSpec calendar, DateTime local) =>
        Holds(calendar.Minute, local.Minute, "0") && Holds(calendar.Second, local.Second, "0")
        && Holds(calendar.Hour, local.Hour, "0") && Holds(calendar.DayOfMonth, local.Day, "*")
        && Holds(calendar.Month, local.Month, "*") && Holds(calendar.DayOfWeek, (int)local.DayOfWeek, "*");

    private static bool Holds(string text, int value, string whenEmpty) =>
        (text.Length == 0 ? whenEmpty : text).Split(',').Any(part => part switch
        {
            "*" => true,
            "sun" => value == 0,
            "mon-fri" => value is >= 1 and <= 5,
            "*/7" => value % 7 == 0,
            "20-40/3" => value is >= 20 and <= 40 && (value - 20) % 3 == 0,
            "0-3" => value <= 3,
            "1-23/2" or "1-31/2" or "1-12/2" => value % 2 == 1,
            "28-31" => value >= 28,
            _ => value == int.Parse(part, System.Globalization.CultureInfo.InvariantCulture),
        });
}
