using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using PinnedBehavior = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior;

namespace AugmentedOS.Engine.Executions.Options;

/// <summary>Whether a run may be put under a versioning override.</summary>
internal static class OverrideChange
{
    /// <summary>Whoever pins a pinned run and names no version means the one that it is on.</summary>
    /// <returns>Null, or why that cannot be meant.</returns>
    public static Rejection? Complete(RunState state, VersioningOverride? decreed)
    {
        if (decreed is not { Pinned: { Behavior: not PinnedBehavior.Unspecified, Version: null } pinned })
        {
            return null;
        }

        var behavior = state.Versioning?.EffectiveBehavior ?? VersioningBehavior.Unspecified;
        if (behavior != VersioningBehavior.Pinned)
        {
            return Rejection.FailedPrecondition(
                "must specify a specific pinned override version because workflow with id "
                + $"{state.Key.WorkflowId} has behavior {behavior} and is not yet pinned to any version");
        }

        pinned.Version = state.Versioning!.EffectiveVersion?.ToProto();
        return null;
    }

    /// <summary>Why not; null when it may. The version that an override names must be one whose workers poll the run's
    /// queue.</summary>
    public static Rejection? Refuse(Draft draft, VersioningOverride? decreed)
    {
        if (decreed is null || decreed.Equals(draft.State.Options.VersioningOverride))
        {
            return null;
        }

        if (VersioningOverrides.Problem(decreed) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        return PinnedVersions.Refuse(
            VersioningOverrides.Modern(decreed),
            draft.State.Key.Namespace,
            draft.State.Started.TaskQueue.Name,
            draft.Context.Versions);
    }
}
