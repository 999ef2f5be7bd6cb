using System.CommandLine;
using System.CommandLine.Parsing;
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

    private readonly Option<ApproverKind> _approver = new("--approver")
    {
        Description = "Who decides on claims that need a person: script, ask (you, in this terminal) or none.",
        DefaultValueFactory = _ => ApproverKind.Script,
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Stay and take files as they arrive." };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "Another workflow server, as HOST:PORT. Without it, the engine starts in this process.",
    };

    private readonly Option<string> _namespace = new("--namespace")
    {
        Description = "The namespace on the workflow server.",
        DefaultValueFactory = _ => "default",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port of the engine in this process; 0 takes a free one.",
    };

    private readonly Option<double?> _remind = Seconds("--remind-after", "Seconds until an approver is reminded.");

    private readonly Option<double?> _escalate = Seconds("--escalate-after", "Seconds after that until the manager is.");

    private readonly Option<double?> _stepTimeout = Seconds("--step-timeout", "Seconds until a silent step is repeated.");

    public RootCommand Root(Func<PilotOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("Reviews expense receipts with durable workflows: read, check, approve, book.")
        {
            _inbox, _data, _approver, _watch, _target, _namespace, _port, _remind, _escalate, _stepTimeout,
        };
        root.Validators.Add(Validate);
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

    private static Option<double?> Seconds(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or (> 0 and <= 1e6)))
            {
                result.AddError($"{name} takes a number of seconds above zero.");
            }
        });
        return option;
    }

    private void Validate(CommandResult parsed)
    {
        if (parsed.Errors.Any())
        {
            return;
        }

        if (parsed.GetValue(_inbox) is { Exists: false } inbox)
        {
            parsed.AddError($"There is no folder {inbox.FullName}. Name the one with the receipts: --inbox DIR");
        }

        if (parsed.GetValue(_port) is < 0 or > 65535)
        {
            parsed.AddError("--port takes a number from 0 to 65535.");
        }

        if (parsed.GetValue(_target) is { } target && !IsHostAndPort(target))
        {
            parsed.AddError($"--target takes HOST:PORT, for example localhost:7233, not “{target}”.");
        }

        if (parsed.GetValue(_approver) is ApproverKind.Ask && Console.IsInputRedirected)
        {
            parsed.AddError("--approver ask needs a terminal to ask in; the input comes from elsewhere.");
        }
    }

    private static bool IsHostAndPort(string target)
    {
        var colon = target.LastIndexOf(':');
        return colon > 0 && int.TryParse(target[(colon + 1)..], out var port) && port is > 0 and <= 65535;
    }

    private PilotOptions OptionsOf(ParseResult parsed)
    {
        var approver = parsed.GetValue(_approver);
        return new PilotOptions
        {
            Inbox = parsed.GetRequiredValue(_inbox).FullName,
            Data = parsed.GetRequiredValue(_data).FullName,
            Approver = approver,
            Watch = parsed.GetValue(_watch),
            Target = parsed.GetValue(_target),
            Namespace = parsed.GetRequiredValue(_namespace),
            Port = parsed.GetValue(_port),
            Pace = PaceOf(parsed, approver is ApproverKind.Script ? Pace.ForScript : Pace.ForPeople),
        };
    }

    private Pace PaceOf(ParseResult parsed, Pace usual) => usual with
    {
        RemindAfter = Or(parsed.GetValue(_remind), usual.RemindAfter),
        EscalateAfter = Or(parsed.GetValue(_escalate), usual.EscalateAfter),
        StepTimeout = Or(parsed.GetValue(_stepTimeout), usual.StepTimeout),
    };

    private static TimeSpan Or(double? seconds, TimeSpan otherwise) =>
        seconds is { } given ? TimeSpan.FromSeconds(given) : otherwise;
}
