namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Spans that read like prose: <c>5.Seconds()</c>.</summary>
internal static class TimeSpans
{
    public static TimeSpan Milliseconds(this int count) => TimeSpan.FromMilliseconds(count);

    public static TimeSpan Seconds(this int count) => TimeSpan.FromSeconds(count);

    public static TimeSpan Minutes(this int count) => TimeSpan.FromMinutes(count);

    public static TimeSpan Hours(this int count) => TimeSpan.FromHours(count);

    public static TimeSpan Days(this int count) => TimeSpan.FromDays(count);
}
