using System.Globalization;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;

namespace AugmentedOS.Engine.Tests.Executions.Cron;

public sealed class CronSchedulesTests
{
    [Theory]
    [InlineData("* * * * *")]
    [InlineData("*/15 2-4 1,15 JAN-mar MON-fri")]
    [InlineData("5/15 * ? * ?")]
    [InlineData("0 0 1 1 0")]
    [InlineData("@yearly")]
    [InlineData("@annually")]
    [InlineData("@monthly")]
    [InlineData("@weekly")]
    [InlineData("@daily")]
    [InlineData("@midnight")]
    [InlineData("@hourly")]
    [InlineData("@every 1h30m10s")]
    [InlineData("@every 1.5s")]
    [InlineData("CRON_TZ=America/New_York 0 9 * * *")]
    [InlineData("TZ=Europe/Berlin @daily")]
    public void Validate_WhenItCanBeRead_Passes(string schedule) =>
        Assert.Null(CronSchedules.Validate(schedule, Scenario.Start));

    [Theory]
    [InlineData("soon")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * 32 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 7")]
    [InlineData("* * L * *")]
    [InlineData("* * 15W * *")]
    [InlineData("* * * * 5#3")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData(", * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("@Hourly")]
    [InlineData("@reboot")]
    [InlineData("@every")]
    [InlineData("@every soon")]
    [InlineData("@every 5")]
    [InlineData("@every 5 minutes")]
    [InlineData("@every 99999999h99999999h")]
    [InlineData("CRON_TZ=Nowhere/Land * * * * *")]
    [InlineData("CRON_TZ=Europe/Berlin")]
    public void Validate_WhenItCannotBeRead_SaysSo(string schedule) =>
        Assert.Equal("invalid CronSchedule.", CronSchedules.Validate(schedule, Scenario.Start));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    public void Validate_WhenItNeverComesDue_SaysSo(string schedule) => Assert.Equal(
        "invalid CronSchedule, no time can be found to satisfy the schedule",
        CronSchedules.Validate(schedule, Scenario.Start));

    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00:00", "2026-01-01T00:01:00")]
    [InlineData("0 12 * * MON", "2026-01-01T00:00:00", "2026-01-05T12:00:00")]
    [InlineData("@every 90s", "2026-01-01T00:00:00.700", "2026-01-01T00:01:30")]
    [InlineData("@every 0.2s", "2026-01-01T00:00:00", "2026-01-01T00:00:01")]
    [InlineData("@every 1500ms", "2026-01-01T00:00:00", "2026-01-01T00:00:01")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00", "2028-02-29T00:00:00")]
    public void Backoff_WhenStarting_ReachesTheNextTick(string schedule, string now, string tick)
    {
        var at = At(now);
        var backoff = CronSchedules.Backoff(schedule, at);

        Assert.Equal(TimeSpan.FromSeconds(Math.Ceiling((At(tick) - at).TotalSeconds)), backoff);
    }

    /// <summary>Cron's oldest trap: two restricted days mean either of them.</summary>
    [Theory]
    [InlineData("2026-01-01T00:00:00", "2026-01-02T00:00:00")]
    [InlineData("2026-01-09T00:00:00", "2026-01-13T00:00:00")]
    public void Backoff_WhenBothDaysAreRestricted_TakesTheEarlier(string now, string tick) =>
        Assert.Equal(At(tick) - At(now), CronSchedules.Backoff("0 0 13 * FRI", At(now)));

    [Fact]
    public void Backoff_WhenTheTickIsAFractionAway_RoundsUpToAWholeSecond() =>
        Assert.Equal(
            TimeSpan.FromSeconds(1), CronSchedules.Backoff("* * * * *", At("2026-01-01T00:00:59.900")));

    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:01:00", "2026-01-01T00:05:30", 30)]
    [InlineData("* * * * *", "2026-01-01T00:01:00", "2026-01-01T00:02:00", 0)]
    [InlineData("@every 1m", "2026-01-01T00:00:30", "2026-01-01T00:10:45", 45)]
    [InlineData("@every 1m", "2026-01-01T00:00:30", "2026-01-01T00:01:10", 20)]
    [InlineData("@every 1s", "2016-01-01T00:00:00", "2026-01-01T00:00:00.300", 1)]
    public void Backoff_WhenTicksPassedMeanwhile_SkipsThem(
        string schedule, string lastExecution, string now, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CronSchedules.Backoff(schedule, At(lastExecution), At(now)));

    [Fact]
    public void Backoff_WhenThereIsNoSchedule_IsNull() => Assert.Null(CronSchedules.Backoff("", Scenario.Start));

    /// <summary>2026-03-08 in New York has no 2:30, and 2026-11-01 has two 1:30.</summary>
    [Theory]
    [InlineData("30 2 * * *", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-08T12:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("30 1 * * *", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z")]
    [InlineData("30 1 * * *", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("0 9 * * *", "2026-03-07T15:00:00Z", "2026-03-08T13:00:00Z")]
    [InlineData("0 9 * * *", "2026-03-06T15:00:00Z", "2026-03-07T14:00:00Z")]
    public void Backoff_WhenClocksChange_FollowsTheWallClock(string fields, string now, string tick) => Assert.Equal(
        At(tick) - At(now), CronSchedules.Backoff($"CRON_TZ=America/New_York {fields}", At(now)));

    private static Instant At(string time) => Instant.From(
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
