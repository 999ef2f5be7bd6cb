using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Workflows;

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

    public string Namespace { get; init; } = "default";

    /// <summary>The port of the engine in this process; 0 takes a free one.</summary>
    public int Port { get; init; }

    public string TaskQueue { get; init; } = "receipts";

    public string PolicyFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "policy.json");

    public string RatesFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "rates.csv");

    public string SummaryFile => Path.Combine(Data, "summary.json");
}
