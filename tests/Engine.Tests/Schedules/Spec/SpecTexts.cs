using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Tests.Schedules.Spec;

/// <summary>Specs and times, short to write.</summary>
internal static class SpecTexts
{
    public static Instant At(string utc) => Instant.From(DateTimeOffset.Parse(
        utc, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));

    public static ScheduleSpec Cron(params string[] texts) => new() { CronString = { texts } };

    public static ScheduleSpec Calendar(CalendarSpec calendar) => new() { Calendar = { calendar } };

    public static ScheduleSpec Every(TimeSpan every, TimeSpan phase = default) => new()
    {
        Interval = { new IntervalSpec { Interval = every.ToProto(), Phase = phase.ToProto() } },
    };

    public static CompiledSpec Compile(ScheduleSpec spec) => CompiledSpec.Compile(spec).TryGet(out var compiled, out var wrong)
        ? compiled
        : throw new Xunit.Sdk.XunitException(wrong.Message);

    public static string Problem(ScheduleSpec spec) => CompiledSpec.Compile(spec).TryGet(out _, out var wrong)
        ? throw new Xunit.Sdk.XunitException("It compiles.")
        : wrong.Message;

    /// <summary>The times after one, as nominal ISO texts.</summary>
    public static List<string> Times(ScheduleSpec spec, string after, int count)
    {
        var compiled = Compile(spec);
        var times = new List<string>();
        var at = At(after);
        while (times.Count < count && compiled.Next("seed", at) is { } next)
        {
            times.Add(next.Nominal.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            at = next.Nominal;
        }

        return times;
    }
}
