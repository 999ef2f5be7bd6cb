using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Who started a run as its child: what the first event of a child, and of each run after it, says.</summary>
/// <param name="Namespace">The parent's namespace.</param>
/// <param name="NamespaceName">Its name when the child was started.</param>
/// <param name="Execution">The parent's workflow id and run id.</param>
/// <param name="InitiatedEventId">The INITIATED event in the parent's history.</param>
/// <param name="Root">The top of the tree: the parent's own root, or the parent when it has none above it.</param>
internal sealed record ParentInfo(
    NamespaceId Namespace,
    string NamespaceName,
    WorkflowExecution Execution,
    long InitiatedEventId,
    WorkflowExecution Root)
{
    /// <summary>What a child may take over of the parent's worker version; null when there is nothing.</summary>
    public Inheritance.Source? Versioning { get; init; }

    /// <summary>The time that the child inherits; null when that is the engine's.</summary>
    public TimeSkippingStatePropagation? Time { get; init; }

    /// <summary>How far the child's time is ahead from the start.</summary>
    public TimeSpan Ahead => (Time?.InitialSkippedDuration).OrZero();
}
