using AugmentedOS.Engine.Executions;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>What a worker says of its version: as deployments say it, and as was said before there were any.</summary>
internal sealed class WorkerVersionCheck(EngineLimits limits)
{
    public Rejection? Refuse(string ns, WorkerVersionCapabilities? stated, WorkerDeploymentOptions? deployment) =>
        Refuse(ns, stated?.UseVersioning ?? false, stated?.BuildId ?? "") ?? NamedVersion.OfWorker(deployment);

    public Rejection? Refuse(string ns, WorkerVersionStamp? stamp, WorkerDeploymentOptions? deployment) =>
        Refuse(ns, stamp?.UseVersioning ?? false, stamp?.BuildId ?? "") ?? NamedVersion.OfWorker(deployment);

    private Rejection? Refuse(string ns, bool usesVersioning, string buildId)
    {
        var limit = limits.In(ns);
        if (usesVersioning && !limit.Features.VersioningWorkflows)
        {
            return Rejection.PermissionDenied(
                "Worker versioning in workflow progress APIs is disabled on this namespace.");
        }

        if (usesVersioning && buildId.Length == 0)
        {
            return Rejection.InvalidArgument("WorkerVersionStamp must be present if UseVersioning is true.");
        }

        return Utf8Length.Of(buildId) > limit.MaxBuildIdLength
            ? Rejection.InvalidArgument("Build ID exceeds configured limit.workerBuildIdSize, use a shorter build ID.")
            : null;
    }
}
