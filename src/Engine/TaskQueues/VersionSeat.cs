namespace AugmentedOS.Engine.TaskQueues;

/// <summary>The side of a task queue that belongs to one worker version, or to workers without one: who polls for it, and
/// what is for it alone. Guarded by its queue's lock.</summary>
internal sealed class VersionSeat(DeploymentVersion? version, FairnessPolicy fairness, TimeSpan now)
{
    /// <summary>Null for workers without a version.</summary>
    public DeploymentVersion? Version { get; } = version;

    public PollerList Waiting { get; } = new();

    /// <summary>Tasks that are pinned to this version.</summary>
    public Backlog Pinned { get; } = new(fairness);

    public LinkedList<OfferedQuery> Queries { get; } = [];

    public PriorityRates Added { get; } = new(now);

    public PriorityRates Dispatched { get; } = new(now);

    public ScalingBudget Scaling { get; } = new();

    public PollerHistory Pollers { get; } = new();

    /// <summary>When somebody of this version polled last, or still did.</summary>
    public TimeSpan? LastPoll { get; set; }

    public bool WasPolledWithin(TimeSpan window, TimeSpan at) =>
        Waiting.Count > 0 || (LastPoll is { } last && at - last <= window);
}
