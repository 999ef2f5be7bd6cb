using System.Globalization;
using System.Text.RegularExpressions;
using AugmentedOS.Engine.Executions.Cron;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>What a cron string says: a calendar or an interval, and perhaps a time zone.</summary>
/// <param name="Zone">Empty when it names none.</param>
internal sealed record CronText(StructuredCalendarSpec? Calendar, IntervalSpec? Interval, string Zone)
{
    private const string WrongFields = "CronString does not have 5-7 fields";
    private const string Every = "@every";

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Parse(string text, out CronText? parsed)
    {
        parsed = null;
        var rest = text.Trim();
        if (TakeZone(ref rest, out var zone) is { } wrongZone)
        {
            return wrongZone;
        }

        var comment = TakeComment(ref rest);
        if (rest.StartsWith(Every, StringComparison.Ordinal))
        {
            // A time zone means nothing to an interval.
            var problem = ParseInterval(rest, out var interval);
            parsed = problem is null ? new CronText(null, interval, "") : null;
            return problem;
        }

        if (ParseFields(Expand(rest), comment, out var calendar) is { } wrong)
        {
            return wrong;
        }

        parsed = new CronText(calendar, null, zone);
        return null;
    }

    private static string? TakeZone(ref string rest, out string zone)
    {
        zone = "";
        if (!rest.StartsWith("TZ=", StringComparison.Ordinal) && !rest.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            return null;
        }

        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0)
        {
            return "CronString has time zone but missing fields";
        }

        zone = rest[(rest.IndexOf('=', StringComparison.Ordinal) + 1)..end];
        rest = rest[(end + 1)..];
        return null;
    }

    private static string TakeComment(ref string rest)
    {
        var mark = rest.IndexOf('#', StringComparison.Ordinal);
        var comment = mark < 0 ? "" : rest[(mark + 1)..].Trim();
        rest = (mark < 0 ? rest : rest[..mark]).Trim();
        return comment;
    }

    private static string? ParseInterval(string text, out IntervalSpec? interval)
    {
        interval = null;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return "CronString does not have interval after @every";
        }

        var pieces = text[(space + 1)..].Split('/', 2);
        if (!TryReadDuration(pieces[0], out var every))
        {
            return $"time: invalid duration \"{pieces[0]}\"";
        }

        interval = new IntervalSpec { Interval = Duration.FromTimeSpan(every) };
        if (pieces.Length < 2 || pieces[1].Length == 0)
        {
            return null;
        }

        if (!TryReadDuration(pieces[1], out var phase))
        {
            return $"time: invalid duration \"{pieces[1]}\"";
        }

        interval.Phase = Duration.FromTimeSpan(phase);
        return null;
    }

    private static string? ParseFields(string text, string comment, out StructuredCalendarSpec calendar)
    {
        calendar = null!;
        var f = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var spec = f.Length switch
        {
            5 => Calendar("", f[0], f[1], f[2], f[3], f[4], ""),
            6 => Calendar("", f[0], f[1], f[2], f[3], f[4], f[5]),
            7 => Calendar(f[0], f[1], f[2], f[3], f[4], f[5], f[6]),
            _ => null,
        };
        if (spec is null)
        {
            return WrongFields;
        }

        spec.Comment = comment;
        return CalendarText.Parse(spec, out calendar);

        static CalendarSpec Calendar(
            string second, string minute, string hour, string day, string month, string weekday, string year) => new()
            {
                Second = second,
                Minute = minute,
                Hour = hour,
                DayOfMonth = day,
                Month = month,
                DayOfWeek = weekday,
                Year = year,
            };
    }

    private static string Expand(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => text,
    };

    /// <summary>A Go duration that also knows days.</summary>
    private static bool TryReadDuration(string text, out TimeSpan duration) => GoDuration.TryParse(
        Regex.Replace(text, @"(\d+(?:\.\d*)?|\.\d+)d", days => HoursOf(days.Groups[1].Value), RegexOptions.NonBacktracking),
        out duration);

    private static string HoursOf(string days) =>
        decimal.TryParse(days, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < 1_000_000
                ? string.Create(CultureInfo.InvariantCulture, $"{number * 24}h")
                : "d";
}
