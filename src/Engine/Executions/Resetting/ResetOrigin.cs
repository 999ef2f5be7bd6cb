using System.Collections.Immutable;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What is known of a run that a reset made: its history begins as a copy of another run's.</summary>
/// <param name="At">When the reset happened: the run began then, whatever the time of its first event.</param>
/// <param name="RequestId">The reset's request, by which a client's retry is known.</param>
/// <param name="ForkEventId">The first event that is the run's own; all before it are copies.</param>
/// <param name="FirstStartedAt">When the run that was copied began.</param>
/// <param name="ExecutionExpiresAt">When the chain times out: counted from the reset; null when never.</param>
internal sealed record ResetOrigin(
    Instant At, string RequestId, long ForkEventId, Instant FirstStartedAt, Instant? ExecutionExpiresAt)
{
    /// <summary>How many ancestors are remembered; a child whose parent was reset more often is not found again.</summary>
    private const int MaxFormerRuns = 100;

    /// <summary>The run that was reset, the run that it came from by a reset, and so on; the latest last.</summary>
    public ImmutableList<RunId> FormerRuns { get; init; } = [];

    /// <summary>Children that the discarded part of history had started: when this run starts one of them, it takes
    /// the place of the one that is still running. Once for each.</summary>
    public ImmutableSortedSet<string> ReplacedChildren { get; init; } =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>A child as <see cref="ReplacedChildren"/> names it.</summary>
    public static string NameOf(string childType, string workflowId) => $"{childType}:{workflowId}";

    /// <summary>The child has been started again.</summary>
    public ResetOrigin WithoutReplaced(PendingChild child) => this with
    {
        ReplacedChildren = ReplacedChildren.Remove(NameOf(child.Attributes.WorkflowType.Name, child.Attributes.WorkflowId)),
    };

    public ResetOrigin WithFormerRun(RunId run)
    {
        var runs = FormerRuns.Add(run);
        return this with { FormerRuns = runs.Count > MaxFormerRuns ? runs.RemoveAt(0) : runs };
    }
}
