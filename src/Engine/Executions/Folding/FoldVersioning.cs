using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of what decides a run's worker version.</summary>
internal static class FoldVersioning
{
    /// <summary>A run begins: with an override, or with what it inherited.</summary>
    public static RunState Begin(RunState state, WorkflowExecutionStartedEventAttributes started)
    {
        if (started is { VersioningOverride: null, InheritedPinnedVersion: null, InheritedAutoUpgradeInfo: null })
        {
            return state;
        }

        var versioning = new RunVersioning { Override = VersioningOverrides.Modern(started.VersioningOverride) };
        if (started.InheritedPinnedVersion is { } pinned)
        {
            versioning = versioning with
            {
                Behavior = VersioningBehavior.Pinned,
                Version = DeploymentVersion.From(pinned),
                Declined = started.ContinuedExecutionRunId.Length > 0 ? Known(started.DeclinedTargetVersionUpgrade) : null,
            };
        }

        if (started.InheritedAutoUpgradeInfo is { } upgrade)
        {
            versioning = versioning with
            {
                Behavior = VersioningBehavior.AutoUpgrade,
                Version = DeploymentVersion.From(upgrade.SourceDeploymentVersion),
                Revision = upgrade.SourceDeploymentRevisionNumber,
                InitialBehavior = upgrade.ContinueAsNewInitialVersioningBehavior,
            };
        }

        versioning = versioning with { DeploymentName = versioning.EffectiveVersion?.Deployment ?? "" };
        state = state with { Versioning = versioning };
        return versioning.EffectiveBehavior == VersioningBehavior.Unspecified
            ? state
            : VersioningAttributes.Stamp(state, stamp: null, used: null);
    }

    /// <summary>A workflow task completed: its worker says which version the run is on.</summary>
    public static RunState Completed(RunState state, WorkflowTaskCompletedEventAttributes completed)
    {
        if (state.Versioning is null
            && completed is { VersioningBehavior: VersioningBehavior.Unspecified, WorkerDeploymentName.Length: 0 })
        {
            return state;
        }

        var versioning = state.Versioning ?? new RunVersioning();
        var worker = DeploymentVersion.From(completed.DeploymentVersion);
        var isVersioned = completed.VersioningBehavior != VersioningBehavior.Unspecified;
        versioning = versioning with
        {
            Transition = versioning.Transition is { } move && move.To == worker ? null : versioning.Transition,
            Behavior = completed.VersioningBehavior,
            Version = isVersioned ? worker : null,
            DeploymentName = completed.WorkerDeploymentName,
        };
        if (versioning.Override?.OneTime is not null && VersioningOverrides.TargetOf(versioning.Override) == worker)
        {
            versioning = versioning with { Override = null };
        }

        return VersioningAttributes.Stamp(
            state with { Versioning = versioning }, completed.WorkerVersion, worker);
    }

    /// <summary>Somebody set or removed an override. Where that moves the run, a move on its way ends, and tasks that wait
    /// go to the normal queue.</summary>
    public static RunState Overridden(RunState state, VersioningOverride? given)
    {
        var before = state.Versioning ?? new RunVersioning();
        var decreed = VersioningOverrides.Modern(given);
        if (state.Versioning is null && decreed is null)
        {
            return state;
        }

        var after = before with
        {
            Override = decreed,
            DeploymentName = decreed is null
                ? before.Version?.Deployment ?? ""
                : VersioningOverrides.TargetOf(decreed)?.Deployment ?? before.DeploymentName,
        };
        if (after.EffectiveBehavior == before.EffectiveBehavior && after.EffectiveVersion == before.EffectiveVersion)
        {
            return state with { Versioning = after };
        }

        return VersioningAttributes.Stamp(
            state with
            {
                Versioning = after with { Transition = null },
                Sticky = null,
                Task = state.Task is { IsStarted: false } waiting
                    ? waiting with { StickyQueue = null, ScheduleToStartDeadline = null }
                    : state.Task,
            },
            stamp: null,
            used: null);
    }

    public static RunState Begun(RunState state, VersionTransitionBegun begun) => state with
    {
        Versioning = (state.Versioning ?? new RunVersioning()) with
        {
            Transition = new VersionTransition(begun.To),
            Revision = begun.Revision,
        },
    };

    public static RunState Noted(RunState state, VersionTargetNoted noted) => state with
    {
        Versioning = state.Versioning! with { Notified = noted.Notified, Declined = noted.Declined },
    };

    private static KnownTarget? Known(DeclinedTargetVersionUpgrade? declined) => declined is null
        ? null
        : new KnownTarget(DeploymentVersion.From(declined.DeploymentVersion), declined.RevisionNumber);
}
