using Google.Protobuf;
using Temporalio.Api.Schedule.V1;
using static AugmentedOS.Engine.Tests.Schedules.Spec.SpecTexts;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Tests.Schedules.Spec;

public sealed class SpecGrammarTests
{
    [Theory]
    [InlineData("* * * *", "CronString does not have 5-7 fields")]
    [InlineData("* * * * * * * *", "CronString does not have 5-7 fields")]
    [InlineData("", "CronString does not have 5-7 fields")]
    [InlineData("CRON_TZ=Europe/Berlin", "CronString has time zone but missing fields")]
    [InlineData("TZ=Nowhere/Land 0 0 * * *", "unknown time zone Nowhere/Land")]
    [InlineData("TZ=../../etc/passwd 0 0 * * *", "unknown time zone ../../etc/passwd")]
    [InlineData("60 * * * *", "Minute is not in range [0-59]")]
    [InlineData("* 24 * * *", "Hour is not in range [0-23]")]
    [InlineData("* * 0 * *", "DayOfMonth is not in range [1-31]")]
    [InlineData("* * * 13 *", "Month is not in range [1-12]")]
    [InlineData("* * * ja *", "Month is not in range [1-12]")]
    [InlineData("* * * * 8", "DayOfWeek is not in range [0-7]")]
    [InlineData("* * * * s", "DayOfWeek is not in range [0-7]")]
    [InlineData("* * * * * 1999", "Year is not in range [2000-2100]")]
    [InlineData("61 * * * * * *", "Second is not in range [0-59]")]
    [InlineData("5-70 * * * *", "Minute End is before Start or not in range [0-59]")]
    [InlineData("70-75 * * * *", "Minute Start is not in range [0-59]")]
    [InlineData("9-5 * * * *", "Minute End is before Start or not in range [0-59]")]
    [InlineData("1-2-3 * * * *", "Minute has too many dashes")]
    [InlineData("1/2/3 * * * *", "Minute has too many slashes")]
    [InlineData("1/ * * * *", "Minute missing step value")]
    [InlineData("1/0 * * * *", "Minute has invalid Step")]
    [InlineData("1/x * * * *", "strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("60 24 * * *", "Minute is not in range [0-59], Hour is not in range [0-23]")]
    [InlineData("@every", "CronString does not have interval after @every")]
    [InlineData("@every soon", "time: invalid duration \"soon\"")]
    [InlineData("@every 1h/x", "time: invalid duration \"x\"")]
    [InlineData("@every 10ms", "interval is too small")]
    [InlineData("@every 1h/1h", "phase cannot be greater than Interval")]
    [InlineData("@every 1h/-1m", "phase is negative")]
    public void Cron_WhenItIsWrong_IsRefusedWithAServersWords(string text, string problem) =>
        Assert.Equal($"Invalid schedule spec: {problem}", Problem(Cron(text)));

    [Fact]
    public void Crons_WhenTheirZonesDiffer_AreRefused()
    {
        const string conflict = "Invalid schedule spec: conflicting timezone names";
        Assert.Equal(conflict, Problem(Cron("TZ=Europe/Berlin 0 0 * * *", "TZ=Europe/Paris 0 0 * * *")));
        Assert.Equal(conflict, Problem(Cron("TZ=Europe/Berlin 0 0 * * *", "0 0 * * *")));
        var spec = Cron("TZ=Europe/Berlin 0 0 * * *");
        spec.TimezoneName = "Europe/Paris";
        Assert.Equal(conflict, Problem(spec));
        spec.TimezoneName = "Europe/Berlin";
        Assert.Equal("Europe/Berlin", Compile(spec).Canonical.TimezoneName);
    }

    [Fact]
    public void StructuredCalendar_WhenItIsWrong_SaysAllThatIs()
    {
        var spec = new ScheduleSpec
        {
            StructuredCalendar =
            {
                new StructuredCalendarSpec
                {
                    Second = { new CalendarRange { Start = 60 } },
                    Minute = { new CalendarRange { Start = 5, End = 3, Step = -1 } },
                    DayOfWeek = { new CalendarRange { Start = 7 } },
                    Comment = new string('x', 201),
                },
            },
        };

        Assert.Equal(
            "Invalid schedule spec: invalid calendar spec: Second Start is not in range [0-59], "
            + "Minute End is before Start or not in range [0-59], Minute has invalid Step, "
            + "DayOfWeek Start is not in range [0-6], comment is too long",
            Problem(spec));
    }

    [Fact]
    public void Interval_WhenItsDurationIsNone_IsRefused()
    {
        var spec = Every(TimeSpan.FromHours(1));
        spec.Interval[0].Phase = new() { Seconds = 1, Nanos = -1 };
        Assert.StartsWith("Invalid schedule spec: phase is not a valid duration: ", Problem(spec), StringComparison.Ordinal);
        spec.Interval[0].Phase = null;
        spec.Interval[0].Interval = null;
        Assert.Equal("Invalid schedule spec: interval is too small", Problem(spec));
    }

    [Fact]
    public void TimezoneData_WhenItIsNone_IsRefused()
    {
        var spec = Cron("0 0 * * *");
        spec.TimezoneData = ByteString.CopyFromUtf8("TZif, said the mouse, and nothing more came after that at all.");
        Assert.Equal("Invalid schedule spec: malformed time zone information", Problem(spec));
    }

    [Fact]
    public void Canon_WhenTextsAreGiven_IsRangesInTheOrderGivenCalendarCron()
    {
        var canonical = Compile(new ScheduleSpec
        {
            CronString = { "TZ=Europe/Berlin 0 12 * * MON # lunch", },
            Calendar = { new CalendarSpec { Hour = "1-9/2", DayOfWeek = "Fri-7", Comment = "c" } },
            ExcludeCalendar = { new CalendarSpec { Year = "2050" } },
            StructuredCalendar = { new StructuredCalendarSpec { Second = { new CalendarRange { Start = 4 } } } },
        }).Canonical;

        Assert.Empty(canonical.Calendar);
        Assert.Empty(canonical.CronString);
        Assert.Empty(canonical.ExcludeCalendar);
        Assert.Equal("Europe/Berlin", canonical.TimezoneName);
        Assert.Equal(3, canonical.StructuredCalendar.Count);
        Assert.Equal(4, canonical.StructuredCalendar[0].Second[0].Start);
        var fromText = canonical.StructuredCalendar[1];
        Assert.Equal(new CalendarRange { Start = 1, End = 9, Step = 2 }, Assert.Single(fromText.Hour));
        Assert.Equal(
            [new CalendarRange { Start = 0 }, new CalendarRange { Start = 5, End = 6 }], fromText.DayOfWeek);
        Assert.Equal(new CalendarRange { Start = 1, End = 31 }, Assert.Single(fromText.DayOfMonth));
        Assert.Empty(fromText.Year);
        var fromCron = canonical.StructuredCalendar[2];
        Assert.Equal("lunch", fromCron.Comment);
        Assert.Equal(new CalendarRange(), Assert.Single(fromCron.Second));
        Assert.Equal(new CalendarRange { Start = 12 }, Assert.Single(fromCron.Hour));
        Assert.Equal(new CalendarRange { Start = 1 }, Assert.Single(fromCron.DayOfWeek));
        Assert.Equal(new CalendarRange { Start = 2050 }, Assert.Single(canonical.ExcludeStructuredCalendar[0].Year));
    }

    [Theory]
    [InlineData("@every 14h/3h", 14 * 60, 3 * 60)]
    [InlineData("@every 2d12h", 60 * 60, 0)]
    [InlineData("@every 0.5d", 12 * 60, 0)]
    public void Cron_WhenItIsAnInterval_BecomesOne(string text, int minutes, int phase)
    {
        var canonical = Compile(Cron(text)).Canonical;
        Assert.Empty(canonical.StructuredCalendar);
        var interval = Assert.Single(canonical.Interval);
        Assert.Equal(TimeSpan.FromMinutes(minutes), interval.Interval.OrZero());
        Assert.Equal(TimeSpan.FromMinutes(phase), interval.Phase.OrZero());
    }

    [Theory]
    [InlineData("0-7", "0-6")]
    [InlineData("1-7", "1-6")]
    [InlineData("3-7", "0,3-6")]
    [InlineData("3-7/3", "3-6/3")]
    [InlineData("1-7/2", "0,1-6/2")]
    [InlineData("7", "0")]
    [InlineData("5/2", "0,5-6/2")]
    public void DayOfWeek_WhenItReachesSeven_MeansSunday(string text, string ranges)
    {
        var calendar = Assert.Single(Compile(Cron($"0 0 * * {text}")).Canonical.StructuredCalendar);
        Assert.Equal(ranges, string.Join(',', calendar.DayOfWeek.Select(range =>
            $"{range.Start}{(range.End > 0 ? $"-{range.End}" : "")}{(range.Step > 0 ? $"/{range.Step}" : "")}")));
    }
}
