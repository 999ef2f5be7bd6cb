using System.Globalization;
using System.Text.RegularExpressions;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>The rule at the end of a time zone file: one offset, or a standard one and another between two days of each
/// year.</summary>
internal sealed partial class PosixZone
{
    private readonly TimeSpan? _standard;
    private readonly (TimeSpan Offset, Change Begins, Change Ends)? _summer;

    private PosixZone(TimeSpan? standard, (TimeSpan Offset, Change Begins, Change Ends)? summer)
    {
        _standard = standard;
        _summer = summer;
    }

    /// <summary>No rule: what was last stays.</summary>
    public static PosixZone None { get; } = new(null, null);

    public static bool TryParse(string text, out PosixZone zone)
    {
        zone = None;
        if (text.Length == 0)
        {
            return true;
        }

        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        // The text says what must be added to local time to get UTC.
        var standard = -TimeOf(match.Groups["standard"].Value);
        if (!match.Groups["begins"].Success)
        {
            zone = new PosixZone(standard, null);
            return !match.Groups["summername"].Success;
        }

        var summer = match.Groups["summer"].Success
            ? -TimeOf(match.Groups["summer"].Value)
            : standard + TimeSpan.FromHours(1);
        if (Change.Parse(match.Groups["begins"].Value) is not { } begins
            || Change.Parse(match.Groups["ends"].Value) is not { } ends)
        {
            return false;
        }

        zone = new PosixZone(standard, (summer, begins, ends));
        return true;
    }

    /// <summary>Null when there is no rule.</summary>
    public TimeSpan? OffsetAt(Instant at)
    {
        if (_standard is not { } standard || _summer is not { } summer)
        {
            return _standard;
        }

        var local = ScheduleZone.At(at, standard);
        var begins = summer.Begins.In(local.Year);
        var ends = summer.Ends.In(local.Year) - (summer.Offset - standard);
        var isSummer = begins < ends ? local >= begins && local < ends : local >= begins || local < ends;
        return isSummer ? summer.Offset : standard;
    }

    private static TimeSpan TimeOf(string text)
    {
        var isNegative = text.StartsWith('-');
        var parts = text.TrimStart('-', '+').Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
        var time = new TimeSpan(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
        return isNegative ? -time : time;
    }

    [GeneratedRegex(
        @"^(?:[A-Za-z]{3,}|<[^>]+>)(?<standard>[+-]?\d{1,3}(?::\d{1,2}){0,2})"
        + @"(?:(?<summername>[A-Za-z]{3,}|<[^>]+>)(?<summer>[+-]?\d{1,3}(?::\d{1,2}){0,2})?"
        + @"(?:,(?<begins>[^,]+),(?<ends>[^,]+))?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>The day and time at which the clock changes each year.</summary>
    private sealed partial record Change(Func<int, DateTime> Day, TimeSpan Time)
    {
        public static Change? Parse(string text)
        {
            var match = ChangePattern().Match(text);
            if (!match.Success)
            {
                return null;
            }

            var time = match.Groups["time"].Success ? TimeOf(match.Groups["time"].Value) : TimeSpan.FromHours(2);
            var (month, week, weekday, day) =
                (Number(match, "month"), Number(match, "week"), Number(match, "weekday"), Number(match, "day"));
            if (month > 0)
            {
                return month <= 12 && week is >= 1 and <= 5 && weekday <= 6
                    ? new Change(year => Weekday(year, month, week, weekday), time)
                    : null;
            }

            // J counts without 29 February; the plain form counts it, from 0.
            return match.Groups["julian"].Success
                ? day is >= 1 and <= 365 ? new Change(year => Julian(year, day), time) : null
                : day <= 365 ? new Change(year => new DateTime(year, 1, 1).AddDays(day), time) : null;
        }

        public DateTime In(int year) => Day(year) + Time;

        private static int Number(Match match, string group) => match.Groups[group].Success
            ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture)
            : 0;

        private static DateTime Weekday(int year, int month, int week, int weekday)
        {
            var first = new DateTime(year, month, 1);
            var day = first.AddDays((weekday - (int)first.DayOfWeek + 7) % 7).AddDays(7 * (week - 1));
            return day.Month == month ? day : day.AddDays(-7);
        }

        private static DateTime Julian(int year, int day) =>
            new DateTime(year, 1, 1).AddDays(day - (DateTime.IsLeapYear(year) && day >= 60 ? 0 : 1));

        [GeneratedRegex(
            @"^(?:M(?<month>\d{1,2})\.(?<week>\d)\.(?<weekday>\d)|(?<julian>J)?(?<day>\d{1,3}))"
            + @"(?:/(?<time>[+-]?\d{1,3}(?::\d{1,2}){0,2}))?$",
            RegexOptions.CultureInvariant)]
        private static partial Regex ChangePattern();
    }
}
