using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>What the next run of a chain, or a child, takes over of a run's version.</summary>
internal static class Inheritance
{
    /// <summary>After continue-as-new.</summary>
    public static void Continue(
        WorkflowExecutionStartedEventAttributes next,
        RunState previous,
        ContinueAsNewVersioningBehavior initial,
        DecisionContext context)
    {
        if (previous.Versioning is not { } versioning)
        {
            return;
        }

        var source = new Source(previous.Key.Namespace, previous.Started.TaskQueue.Name, versioning);
        var stays = versioning.IsPinned && initial == ContinueAsNewVersioningBehavior.Unspecified
            && source.Reaches(next.TaskQueue.Name, context);
        if (stays)
        {
            next.InheritedPinnedVersion = versioning.EffectiveVersion?.ToProto();
            next.DeclinedTargetVersionUpgrade = Declined(versioning);
        }

        next.VersioningOverride = VersioningOverrides.IsPinned(versioning.Override)
            && (next.TaskQueue.Name == source.Queue || stays)
                ? versioning.Override
                : null;
        var upgrades = versioning.EffectiveBehavior == VersioningBehavior.AutoUpgrade
            || (versioning.IsPinned && initial != ContinueAsNewVersioningBehavior.Unspecified);
        if (upgrades && !stays && source.Reaches(next.TaskQueue.Name, context))
        {
            next.InheritedAutoUpgradeInfo = Upgrade(versioning, initial);
        }
    }

    /// <summary>After a failure that is tried again, or at the next tick of a schedule (which inherits no version).</summary>
    public static void Retry(WorkflowExecutionStartedEventAttributes next, RunState previous, bool isRetry)
    {
        if (previous.Versioning is not { } versioning)
        {
            return;
        }

        next.VersioningOverride = VersioningOverrides.IsPinned(versioning.Override) ? versioning.Override : null;
        if (!isRetry)
        {
            return;
        }

        next.DeclinedTargetVersionUpgrade = previous.Started.DeclinedTargetVersionUpgrade;
        if (versioning.IsPinned && previous.Started.InheritedPinnedVersion is not null)
        {
            next.InheritedPinnedVersion = versioning.EffectiveVersion?.ToProto();
        }
        else if (versioning.EffectiveBehavior == VersioningBehavior.AutoUpgrade)
        {
            next.InheritedAutoUpgradeInfo = Upgrade(versioning, versioning.InitialBehavior);
        }
    }

    /// <summary>What a child takes over from its parent, unless its own start says otherwise.</summary>
    public static void Adopt(
        WorkflowExecutionStartedEventAttributes child, NamespaceId ns, Source? parent, DecisionContext context)
    {
        if (parent is null || child.VersioningOverride is not null || ns != parent.Namespace)
        {
            return;
        }

        var versioning = parent.Versioning;
        var reaches = parent.Reaches(child.TaskQueue.Name, context);
        if (versioning.IsPinned && reaches)
        {
            child.InheritedPinnedVersion = versioning.EffectiveVersion?.ToProto();
        }

        if (VersioningOverrides.TargetOf(versioning.Override) is not null
            && (child.TaskQueue.Name == parent.Queue || child.InheritedPinnedVersion is not null))
        {
            child.VersioningOverride = versioning.Override;
        }

        if (versioning.EffectiveBehavior == VersioningBehavior.AutoUpgrade && reaches)
        {
            child.InheritedAutoUpgradeInfo = Upgrade(versioning, ContinueAsNewVersioningBehavior.Unspecified);
        }
    }

    private static InheritedAutoUpgradeInfo? Upgrade(RunVersioning versioning, ContinueAsNewVersioningBehavior initial) =>
        versioning is { EffectiveVersion: { } version, Revision: > 0 }
            ? new InheritedAutoUpgradeInfo
            {
                SourceDeploymentVersion = version.ToProto(),
                SourceDeploymentRevisionNumber = versioning.Revision,
                ContinueAsNewInitialVersioningBehavior = initial,
            }
            : null;

    private static DeclinedTargetVersionUpgrade? Declined(RunVersioning versioning) =>
        (versioning.Notified ?? versioning.Declined) is { } known
            ? new DeclinedTargetVersionUpgrade
            {
                DeploymentVersion = known.Version?.ToProto(),
                RevisionNumber = known.Revision,
            }
            : null;

    /// <summary>The run that is taken over from.</summary>
    internal sealed record Source(NamespaceId Namespace, string Queue, RunVersioning Versioning)
    {
        /// <summary>Null when the run never met versioning: there is nothing to take over.</summary>
        public static Source? Of(RunState state) => state.Versioning is { } versioning
            ? new Source(state.Key.Namespace, state.Started.TaskQueue.Name, versioning)
            : null;

        /// <summary>Whether the version's workers are there on that queue.</summary>
        public bool Reaches(string queue, DecisionContext context) =>
            queue == Queue
            || (Versioning.EffectiveVersion is { } version
                && context.Versions.Serves(version, Namespace, queue, TaskQueueType.Workflow));
    }
}
