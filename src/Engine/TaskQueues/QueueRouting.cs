namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Where a task queue sends what is not pinned: to the current version, but for a share of the workflows that
/// goes to the ramping one. Null stands for workers without a version.</summary>
/// <param name="Percentage">The share of the ramping version, 0 to 100; 0 also when nothing ramps.</param>
/// <param name="Members">The versions whose workers have polled this queue.</param>
internal sealed record QueueRouting(
    DeploymentVersion? Current,
    DeploymentVersion? Ramping,
    float Percentage,
    IReadOnlySet<DeploymentVersion> Members)
{
    /// <summary>A queue that no versioned worker has polled.</summary>
    public static QueueRouting Unversioned { get; } = new(null, null, 0, new HashSet<DeploymentVersion>());

    /// <summary>The routing's revision of its deployment, which runs remember: for the current version.</summary>
    public long CurrentRevision { get; init; }

    /// <summary>The same for the ramping version.</summary>
    public long RampingRevision { get; init; }

    public Instant? CurrentSince { get; init; }

    public Instant? RampingSince { get; init; }

    /// <summary>Whether there is a ramping version, perhaps at zero percent, or a ramp to workers without one.</summary>
    public bool IsRamping => Ramping is not null || Percentage > 0;

    /// <summary>Whether a workflow of that id belongs to the ramping share. The same id always gets the same answer, and
    /// one that is in stays in while the percentage grows.</summary>
    public bool Ramps(string workflowId, bool usesRamping) =>
        (usesRamping && Ramping is not null)
        || (Percentage > 0 && (Percentage >= 100 || Threshold(workflowId) <= Percentage));

    public bool IsSameAs(QueueRouting other) =>
        this with { Members = other.Members } == other && Members.SetEquals(other.Members);

    public DeploymentVersion? TargetOf(string workflowId, bool usesRamping = false) =>
        Ramps(workflowId, usesRamping) ? Ramping : Current;

    public long RevisionOf(string workflowId, bool usesRamping = false) =>
        Ramps(workflowId, usesRamping) ? RampingRevision : CurrentRevision;

    private static double Threshold(string workflowId) => 100 * (FarmFingerprint.Of(workflowId) / 4_294_967_296.0);
}
