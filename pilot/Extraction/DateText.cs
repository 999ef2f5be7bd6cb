using System.Globalization;
using System.Text.RegularExpressions;

namespace AugmentedOS.Pilot.Extraction;

internal enum DateReading
{
    Read,
    Unreadable,
    Impossible,
}

/// <summary>Reads dates as printed: 14.03.2026, 14/03/2026 (day first), 2026-03-14, 14 March 2026.</summary>
internal static partial class DateText
{
    private static readonly string[] English = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    private static readonly string[] German =
    [
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ];

    public static (DateReading Reading, DateOnly Date) Parse(string text)
    {
        if (IsoDate().Match(text) is { Success: true } iso)
        {
            return Build(iso, Number(iso, "m"));
        }

        if (DayFirst().Match(text) is { Success: true } dayFirst)
        {
            return Build(dayFirst, Number(dayFirst, "m"));
        }

        var named = DayMonthName().Match(text) is { Success: true } day ? day : MonthNameDay().Match(text);
        return named.Success && MonthNumber(named.Groups["m"].Value) is { } month
            ? Build(named, month)
            : (DateReading.Unreadable, default);
    }

    private static (DateReading Reading, DateOnly Date) Build(Match match, int month)
    {
        var (year, day) = (Number(match, "y"), Number(match, "d"));
        var exists = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return exists ? (DateReading.Read, new DateOnly(year, month, day)) : (DateReading.Impossible, default);
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int? MonthNumber(string name)
    {
        for (var month = 0; month < German.Length; month++)
        {
            if (IsShortFor(name, English[month]) || IsShortFor(name, German[month]))
            {
                return month + 1;
            }
        }

        return null;
    }

    private static bool IsShortFor(string name, string month) =>
        name.Length >= 3 && month.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\b(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(?<d>[0-9]{1,2})[./](?<m>[0-9]{1,2})[./](?<y>[0-9]{4})\b")]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"\b(?<d>[0-9]{1,2})\.?\s+(?<m>\p{L}+)\.?\s+(?<y>[0-9]{4})\b")]
    private static partial Regex DayMonthName();

    [GeneratedRegex(@"\b(?<m>\p{L}+)\.?\s+(?<d>[0-9]{1,2}),?\s+(?<y>[0-9]{4})\b")]
    private static partial Regex MonthNameDay();
}
