using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Options;

/// <summary>What can be changed of a run while it is open. The start request sets it; later requests change it.</summary>
/// <param name="VersioningOverride">Null when there is none.</param>
/// <param name="Priority">Of its tasks; null when nothing was said.</param>
internal sealed record RunOptions(VersioningOverride? VersioningOverride, Priority? Priority)
{
    public static RunOptions None { get; } = new(null, null);

    public static RunOptions Of(WorkflowExecutionStartedEventAttributes started) =>
        new(started.VersioningOverride, started.Priority);

    /// <summary>The options after an event that changes some of them.</summary>
    public RunOptions After(WorkflowExecutionOptionsUpdatedEventAttributes updated) => new(
        updated.UnsetVersioningOverride ? null : updated.VersioningOverride ?? VersioningOverride,
        updated.Priority ?? Priority);

    /// <summary>A copy as the API shows it.</summary>
    public WorkflowExecutionOptions ToProto() => new()
    {
        VersioningOverride = VersioningOverride?.Clone(),
        Priority = Priority?.Clone(),
    };
}
