using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Run;

/// <summary>The command line: what can be said, what is assumed, and what is objected to.</summary>
internal sealed class PilotCommand
{
    private readonly Option<DirectoryInfo> _inbox = new("--inbox")
    {
        Description = "The folder with the receipts.",
        DefaultValueFactory = _ => new DirectoryInfo(InPilotFolder("inbox")),
    };

    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The folder for the engine's file, the budget, the ledger and the summary.",
        DefaultValueFactory = _ => new DirectoryInfo(InPilotFolder("data")),
    };

    private readonly Option<string> _approver = new("--approver")
    {
        Description = "Who decides on claims that need a person; ask means you, in this terminal.",
        DefaultValueFactory = _ => "script",
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Stay and take files as they arrive." };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "Another workflow server, as HOST:PORT. Without it, the engine starts in this process.",
    };

    private readonly Option<string?> _namespace = new("--namespace") { Description = "The namespace on the workflow server." };

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port of the engine in this process; 0 takes a free one.",
        CustomParser = ParsePort,
    };

    private readonly Option<TimeSpan?> _remind = new("--remind-after")
    {
        Description = "Seconds until an approver is reminded.",
        CustomParser = ParseSeconds,
    };

    private readonly Option<TimeSpan?> _escalate = new("--escalate-after")
    {
        Description = "Seconds from the reminder until the manager is asked.",
        CustomParser = ParseSeconds,
    };

    private readonly Option<TimeSpan?> _stepTimeout = new("--step-timeout")
    {
        Description = "Seconds after which a step that does not answer is tried again.",
        CustomParser = ParseSeconds,
    };

    public PilotCommand()
    {
        _approver.AcceptOnlyFromAmong("script", "ask", "none");
        _approver.Validators.Add(CheckTerminal);
        _inbox.Validators.Add(CheckInbox);
        _target.Validators.Add(CheckTarget);
    }

    public RootCommand Root(Func<PilotOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("Reviews expense receipts with durable workflows: read, check, approve, book.")
        {
            _inbox, _data, _approver, _watch, _target, _namespace, _port, _remind, _escalate, _stepTimeout,
        };
        root.SetAction((parsed, cancelled) => run(OptionsOf(parsed), cancelled));
        return root;
    }

    /// <summary>Beside the project when it runs from a clone, in the working directory when it does not.</summary>
    private static string InPilotFolder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pilot.csproj")))
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        return Path.Combine(Environment.CurrentDirectory, name);
    }

    private static void CheckInbox(OptionResult result)
    {
        if (result.GetValueOrDefault<DirectoryInfo>() is { Exists: false } inbox)
        {
            result.AddError($"There is no folder {inbox.FullName}. Name the one with the receipts: --inbox DIR");
        }
    }

    private static void CheckTarget(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } target && !IsHostAndPort(target))
        {
            result.AddError($"--target takes HOST:PORT, for example localhost:7233, not “{target}”.");
        }
    }

    private static void CheckTerminal(OptionResult result)
    {
        if (result.GetValueOrDefault<string>() is "ask" && Console.IsInputRedirected)
        {
            result.AddError("--approver ask needs a terminal to ask in; the input comes from elsewhere.");
        }
    }

    private static int ParsePort(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, out var port) && port is >= 0 and <= 65535)
        {
            return port;
        }

        result.AddError("--port takes a number from 0 to 65535.");
        return 0;
    }

    private static TimeSpan? ParseSeconds(ArgumentResult result)
    {
        var isNumber = double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var seconds);
        if (isNumber && seconds is > 0 and <= 1e6)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes a number of seconds above zero.");
        return null;
    }

    private static bool IsHostAndPort(string target)
    {
        var colon = target.LastIndexOf(':');
        return colon > 0 && int.TryParse(target[(colon + 1)..], out var port) && port is > 0 and <= 65535;
    }

    private PilotOptions OptionsOf(ParseResult parsed)
    {
        var approver = Enum.Parse<ApproverKind>(parsed.GetRequiredValue(_approver), ignoreCase: true);
        return new PilotOptions
        {
            Inbox = parsed.GetRequiredValue(_inbox).FullName,
            Data = parsed.GetRequiredValue(_data).FullName,
            Approver = approver,
            Watch = parsed.GetValue(_watch),
            Target = parsed.GetValue(_target),
            Namespace = parsed.GetValue(_namespace),
            Port = parsed.GetValue(_port),
            Pace = PaceOf(parsed, approver is ApproverKind.Script ? Pace.ForScript : Pace.ForPeople),
        };
    }

    private Pace PaceOf(ParseResult parsed, Pace usual) => usual with
    {
        RemindAfter = parsed.GetValue(_remind) ?? usual.RemindAfter,
        EscalateAfter = parsed.GetValue(_escalate) ?? usual.EscalateAfter,
        StepTimeout = parsed.GetValue(_stepTimeout) ?? usual.StepTimeout,
    };
}
