using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Resetting;
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
    /// <summary>The runs that the parent came from by resets.</summary>
    public ImmutableList<RunId> FormerRuns { get; init; } = [];

    /// <summary>Whether the parent's history had initiated the child before the last reset: the child may run already,
    /// started by one of the former runs.</summary>
    public bool IsReattached { get; init; }

    /// <summary>Whether the part of history that a reset discarded had started the child: the new one takes its place.
    /// </summary>
    public bool Replaces { get; init; }

    /// <summary>Whether a run is this very child, started by the parent before it was reset.</summary>
    public bool Started(RunState child) =>
        IsReattached && child.Started.ParentInitiatedEventId == InitiatedEventId && IsParentOf(child);

    /// <summary>Whether a run is a child of the parent, or of a run that it came from.</summary>
    public bool IsParentOf(RunState child) =>
        ResetFamily.Includes(child.Started.ParentWorkflowExecution, Execution, FormerRuns);

    /// <summary>What a child may take over of the parent's worker version; null when there is nothing.</summary>
    public Inheritance.Source? Versioning { get; init; }

    /// <summary>The time that the child inherits; null when that is the engine's.</summary>
    public TimeSkippingStatePropagation? Time { get; init; }

    /// <summary>How far the child's time is ahead from the start.</summary>
    public TimeSpan Ahead => (Time?.InitialSkippedDuration).OrZero();
}
