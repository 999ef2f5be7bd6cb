using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AugmentedOS.Cli.Replay;

/// <summary>Times on the command line: how long ago (<c>7d</c>, <c>12h</c>, <c>30m</c>), or a date.</summary>
internal static class AgeReading
{
    /// <summary>More of any unit is no age that a workflow has.</summary>
    private const uint Most = 100_000;

    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        CustomParser = Read,
        Description = description,
        HelpName = "AGE",
    };

    private static DateTimeOffset? Read(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text.Length > 1
            && uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= Most
            && AgeOf(count, text[^1]) is { } age)
        {
            return DateTimeOffset.UtcNow - age;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        argument.AddError($"'{text}' is no age: give one such as 7d, 12h or 30m, or a date such as 2026-01-31.");
        return null;
    }

    private static TimeSpan? AgeOf(uint count, char unit) => unit switch
    {
        'd' => TimeSpan.FromDays(count),
        'h' => TimeSpan.FromHours(count),
        'm' => TimeSpan.FromMinutes(count),
        _ => null,
    };
}
