using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>Versions that somebody pins a run to.</summary>
internal static class PinnedVersions
{
    /// <summary>Why a run of that queue cannot be pinned so: nobody of the version ever polled it. Null when it can.
    /// </summary>
    public static Rejection? Refuse(
        VersioningOverride? decreed, NamespaceId ns, string queue, IVersionDirectory versions) =>
        VersioningOverrides.TargetOf(decreed) is { } target
        && !versions.Serves(target, ns, queue, TaskQueueType.Workflow)
            ? Rejection.FailedPrecondition(
                $"Pinned version '{target}' is not present in task queue '{queue}' of type 'Workflow'")
            : null;
}
