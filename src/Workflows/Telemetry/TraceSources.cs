using System.Diagnostics;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>What spans are made on. Apart from <see cref="WorkflowTracing"/>: listeners are asked while a source is
/// made, and may then ask for <see cref="WorkflowTracing.SourceNames"/>.</summary>
internal static class TraceSources
{
    public static readonly ActivitySource Client = new(WorkflowTracing.ClientSourceName);
    public static readonly ActivitySource Workflow = new(WorkflowTracing.WorkflowSourceName);
    public static readonly ActivitySource Activity = new(WorkflowTracing.ActivitySourceName);
    public static readonly ActivitySource Nexus = new(WorkflowTracing.NexusSourceName);
}
