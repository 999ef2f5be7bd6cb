using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Hosting;

namespace AugmentedOS.Pilot.Run;

/// <summary>What one run of the pilot is to do.</summary>
internal sealed record PilotOptions
{
    public required string Inbox { get; init; }

    public required string Data { get; init; }

    public required ApproverKind Approver { get; init; }

    public required Pace Pace { get; init; }

    /// <summary>Stay and take files as they arrive.</summary>
    public bool Watch { get; init; }

    /// <summary>Another server to use, as <c>host:port</c>; null starts the engine in this process.</summary>
    public string? Target { get; init; }

    /// <summary>Null: as the application's configuration says, otherwise <c>default</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>The port of the engine in this process; 0 takes a free one.</summary>
    public int Port { get; init; }

    public string TaskQueue { get; init; } = "receipts";

    public string PolicyFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "policy.json");

    public string RatesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "rates.csv");

    public string SummaryFile => InData("summary.json");

    /// <summary>What is said here of where workflows run, as settings of the application; they win over all others.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings => new Dictionary<string, string?>
    {
        ["Workflows:Profile"] = Target is null ? null : nameof(WorkflowsProfile.Cluster),
        ["Workflows:Address"] = Target,
        ["Workflows:Namespace"] = Namespace,
        ["Workflows:File"] = InData("engine.db"),
        ["Engine:Port"] = $"{Port}",
    }.Where(setting => setting.Value is not null);

    public string InData(string name) => Path.Combine(Data, name);
}
