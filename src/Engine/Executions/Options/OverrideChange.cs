using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Options;

/// <summary>Whether a run may be put under a versioning override.</summary>
internal static class OverrideChange
{
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
