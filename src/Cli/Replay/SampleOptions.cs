using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Cli.Replay;

/// <summary>Which histories to take.</summary>
internal sealed class SampleOptions
{
    private readonly Option<string[]> _types = new("--type", "-t")
    {
        Description = "Only runs of this workflow type; may be given again. Default: all types of the build",
        HelpName = "TYPE",
    };

    private readonly Option<RunChoice?> _status = new("--status")
    {
        Description =
            "Only runs that stand so: all, open, closed, completed, failed, canceled, terminated, continuedasnew, "
            + "timedout. Default: all",
        HelpName = "STATUS",
    };

    private readonly Option<DateTimeOffset?> _since =
        AgeReading.Option("--since", "Only runs that started so long ago or later: 7d, 12h, 30m, or a date");

    private readonly Option<DateTimeOffset?> _until =
        AgeReading.Option("--until", "Only runs that started longer ago: 7d, 12h, 30m, or a date");

    private readonly Option<int?> _perType = new("--per-type")
    {
        CustomParser = ReadCount,
        Description =
            $"At most so many open and so many closed runs of each type. Default: {HistorySample.DefaultPerType}",
        HelpName = "NUMBER",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_types);
        command.Options.Add(_status);
        command.Options.Add(_since);
        command.Options.Add(_until);
        command.Options.Add(_perType);
    }

    public HistorySample Read(ParseResult parsed) => new()
    {
        WorkflowTypes = parsed.GetValue(_types) ?? [],
        Runs = parsed.GetValue(_status) ?? RunChoice.All,
        StartedFrom = parsed.GetValue(_since),
        StartedBefore = parsed.GetValue(_until),
        PerType = parsed.GetValue(_perType) ?? HistorySample.DefaultPerType,
    };

    private static int? ReadCount(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return count;
        }

        argument.AddError($"'{text}' is no number of runs: give 1 or more.");
        return null;
    }
}
