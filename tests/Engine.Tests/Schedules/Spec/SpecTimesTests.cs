using Google.Protobuf;
using Temporalio.Api.Schedule.V1;
using static AugmentedOS.Engine.Tests.Schedules.Spec.SpecTexts;
using CalendarRange = Temporalio.Api.Schedule.V1.Range;

namespace AugmentedOS.Engine.Tests.Schedules.Spec;

public sealed class SpecTimesTests
{
    [Fact]
    public void Interval_WhenItHasAPhase_CountsFromTheEpoch() => Assert.Equal(
        ["2026-01-02T00:05:00Z", "2026-01-02T01:35:00Z"],
        Times(Every(TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(5)), "2026-01-01T23:00:00Z", 2));

    [Fact]
    public void Times_WhenSeveralPartsMatch_AreTheirUnion()
    {
        var spec = Every(TimeSpan.FromHours(1));
        spec.CronString.Add("30 0 * * *");
        spec.CronString.Add("0 1 * * *");
        Assert.Equal(
            ["2026-01-01T00:00:00Z", "2026-01-01T00:30:00Z", "2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"],
            Times(spec, "2025-12-31T23:59:59.5Z", 4));
    }

    [Fact]
    public void Cron_WhenDayOfMonthAndWeekAreGiven_NeedsBoth() => Assert.Equal(
        ["2026-02-13T12:00:00Z", "2026-03-13T12:00:00Z", "2026-11-13T12:00:00Z"],
        Times(Cron("0 12 13 * FRI"), "2026-01-01T00:00:00Z", 3));

    [Fact]
    public void Times_WhenTheClockSkipsThem_AreLeftOut() => Assert.Equal(
        ["2022-03-12T10:33:33Z", "2022-03-14T09:33:33Z"],
        Times(Cron("CRON_TZ=US/Pacific 33 33 2 * * * *"), "2022-03-12T04:00:00Z", 2));

    [Fact]
    public void Times_WhenTheClockRepeatsThem_ComeTwice() => Assert.Equal(
        [
            "2021-11-07T08:33:33Z", "2021-11-07T08:44:33Z", "2021-11-07T09:33:33Z", "2021-11-07T09:44:33Z",
            "2021-11-08T09:33:33Z",
        ],
        Times(Cron("CRON_TZ=US/Pacific 33 33,44 1 * * * *"), "2021-11-07T07:15:15Z", 5));

    [Fact]
    public void Times_WhenTheYearIsFar_AreFound() => Assert.Equal(
        ["2080-02-29T00:00:00Z", "2084-02-29T00:00:00Z", "2088-02-29T00:00:00Z", "2096-02-29T00:00:00Z"],
        Times(Cron("0 0 29 2 * 2070-2090,2096"), "2076-03-01T00:00:00Z", 5));

    [Fact]
    public void Times_WhenNoneCanBe_AreNone()
    {
        Assert.Empty(Times(Cron("0 0 30 2 *"), "2026-01-01T00:00:00Z", 1));
        Assert.Empty(Times(new ScheduleSpec(), "2026-01-01T00:00:00Z", 1));
        Assert.Empty(Times(new ScheduleSpec { StructuredCalendar = { new StructuredCalendarSpec() } }, "2026-01-01T00:00:00Z", 1));
        Assert.Empty(Times(Every(TimeSpan.FromDays(1)), "2100-12-31T00:00:00Z", 1));
    }

    [Fact]
    public void Times_WhenAStepIsTheLargest_AreTheStart()
    {
        var start = new CalendarRange { Start = 30, End = 40, Step = int.MaxValue };
        var year = new CalendarRange { Start = 2030, End = 2040, Step = int.MaxValue };
        var spec = new ScheduleSpec
        {
            StructuredCalendar =
            {
                new StructuredCalendarSpec
                {
                    Second = { start }, Minute = { start }, Hour = { new CalendarRange() },
                    DayOfMonth = { new CalendarRange { Start = 1 } },
                    Month = { new CalendarRange { Start = 1 } },
                    DayOfWeek = { new CalendarRange { End = 6 } }, Year = { year },
                },
            },
        };
        Assert.Equal(["2030-01-01T00:30:30Z"], Times(spec, "2026-01-01T00:00:00Z", 2));
    }

    [Fact]
    public void Times_WhenStartAndEndAreGiven_AreWithinBoth()
    {
        var spec = Every(TimeSpan.FromHours(1));
        spec.StartTime = At("2026-01-01T03:00:00Z").ToTimestamp();
        spec.EndTime = At("2026-01-01T05:00:00Z").ToTimestamp();
        Assert.Equal(
            ["2026-01-01T03:00:00Z", "2026-01-01T04:00:00Z", "2026-01-01T05:00:00Z"],
            Times(spec, "2026-01-01T00:00:00Z", 9));
    }

    [Fact]
    public void Times_WhenExcluded_AreLeftOut()
    {
        var spec = Every(TimeSpan.FromHours(12));
        spec.ExcludeCalendar.Add(new CalendarSpec { Second = "*", Minute = "*", Hour = "*", DayOfWeek = "sat,sun" });
        Assert.Equal(
            ["2026-01-02T12:00:00Z", "2026-01-05T00:00:00Z"], Times(spec, "2026-01-02T00:00:00Z", 2));
    }

    [Fact]
    public void Times_WhenNearlyAllSecondsAreExcluded_AreStillFound()
    {
        var spec = Every(TimeSpan.FromSeconds(1));
        spec.ExcludeCalendar.Add(new CalendarSpec { Second = "*", Minute = "*", Hour = "*", Month = "1-11" });
        Assert.Equal(["2026-12-01T00:00:00Z"], Times(spec, "2026-01-02T00:00:00Z", 1));
    }

    [Fact]
    public void Times_WhenAllAreExcluded_AreGivenUp()
    {
        var spec = Every(TimeSpan.FromSeconds(1));
        spec.ExcludeCalendar.Add(new CalendarSpec { Second = "0-29", Minute = "*", Hour = "*" });
        spec.ExcludeCalendar.Add(new CalendarSpec { Second = "30-59", Minute = "*", Hour = "*" });

        Assert.Null(Compile(spec).Next("seed", At("2026-01-02T00:00:00Z"), out var isOverExcluded));
        Assert.True(isOverExcluded);
    }

    [Fact]
    public void Jitter_WhenItIsLong_IsTheSameEachTimeAndEndsBeforeTheNextTime()
    {
        var spec = Every(TimeSpan.FromMinutes(1));
        spec.Jitter = TimeSpan.FromHours(1).ToProto();
        var compiled = Compile(spec);
        var spread = new HashSet<TimeSpan>();
        var after = At("2026-01-01T00:00:00Z");
        for (var i = 0; i < 100; i++)
        {
            var next = compiled.Next("ns-a", after)!.Value;
            Assert.Equal(next, compiled.Next("ns-a", after));
            Assert.InRange(next.At - next.Nominal, TimeSpan.Zero, TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
            spread.Add(next.At - next.Nominal);
            after = next.Nominal;
        }

        Assert.InRange(spread.Count, 90, 100);
        Assert.NotEqual(compiled.Next("ns-a", after), compiled.Next("ns-b", after));
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Europe/London")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    [InlineData("America/Sao_Paulo")]
    public void TimezoneData_WhenItIsAZonesFile_SaysWhatItsNameSays(string zone)
    {
        var file = Path.Combine("/usr/share/zoneinfo", zone);
        Assert.SkipUnless(File.Exists(file), $"{file} is not on this machine");
        var named = Cron($"TZ={zone} 30 1,2 * * *");
        var given = Cron("30 1,2 * * *");
        given.TimezoneData = ByteString.CopyFrom(File.ReadAllBytes(file));

        foreach (var year in new[] { 2004, 2019, 2030, 2061 })
        {
            Assert.Equal(Times(named, $"{year}-01-01T00:00:00Z", 800), Times(given, $"{year}-01-01T00:00:00Z", 800));
        }
    }
}
