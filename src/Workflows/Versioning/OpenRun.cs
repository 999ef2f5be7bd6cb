namespace AugmentedOS.Workflows.Versioning;

/// <summary>A run that goes on.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowType">Its type.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record OpenRun(string WorkflowId, string RunId, string WorkflowType, DateTimeOffset StartedAt);
