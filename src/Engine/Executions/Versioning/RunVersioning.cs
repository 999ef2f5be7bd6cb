using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>Which worker version a run belongs to, and why. Runs that never met versioning have none of this.</summary>
internal sealed record RunVersioning
{
    /// <summary>What the last completed workflow task's worker declared, or what the run inherited.</summary>
    public VersioningBehavior Behavior { get; init; }

    /// <summary>The version of that worker, or the inherited one; null when the run is on none.</summary>
    public DeploymentVersion? Version { get; init; }

    /// <summary>What somebody decreed, in its present form; it holds over what workers declare. Never changed.</summary>
    public VersioningOverride? Override { get; init; }

    /// <summary>The move to another version that a workflow task has begun and none has completed yet.</summary>
    public VersionTransition? Transition { get; init; }

    /// <summary>The revision of the routing that brought the run where it is.</summary>
    public long Revision { get; init; }

    /// <summary>How the first workflow task finds its version, when the previous run of the chain said so.</summary>
    public ContinueAsNewVersioningBehavior InitialBehavior { get; init; }

    /// <summary>The deployment of the last worker, also of one without a version.</summary>
    public string DeploymentName { get; init; } = "";

    /// <summary>The target that the workflow was last told of, when that is not its own version.</summary>
    public KnownTarget? Notified { get; init; }

    /// <summary>A target that the previous run was told of and did not move to.</summary>
    public KnownTarget? Declined { get; init; }

    /// <summary>What decides about the next task: a move on its way, then what was decreed, then what was declared.</summary>
    public VersioningBehavior EffectiveBehavior => Transition is not null ? VersioningBehavior.AutoUpgrade
        : Override is { } decreed ? VersioningOverrides.BehaviorOf(decreed)
        : Behavior;

    /// <summary>The version that the next task belongs to, as far as the run decides; null for none.</summary>
    public DeploymentVersion? EffectiveVersion => Transition is { } move ? move.To
        : VersioningOverrides.TargetOf(Override) is { } target ? target
        : EffectiveBehavior != VersioningBehavior.Unspecified ? Version
        : null;

    public bool IsPinned => EffectiveBehavior == VersioningBehavior.Pinned;
}

/// <summary>A move to another version.</summary>
/// <param name="To">Null for workers without a version.</param>
internal sealed record VersionTransition(DeploymentVersion? To);

/// <summary>Where a queue sends unpinned workflows, as a run has learnt it.</summary>
internal sealed record KnownTarget(DeploymentVersion? Version, long Revision);
