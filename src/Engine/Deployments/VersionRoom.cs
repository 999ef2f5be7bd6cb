using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Makes room for new deployments and versions, within their limits.</summary>
internal static class VersionRoom
{
    /// <summary>A new deployment, or why the namespace has no room for it.</summary>
    public static (WorkerDeployment? Deployment, Rejection? Rejection) Begin(
        EntityKey key, string requestId, string identity, EntityContext<WorkerDeployment> context)
    {
        var limit = context.Limits.MaxDeployments;
        return context.Entities.Keys.Count(known => known.Namespace == key.Namespace) >= limit
            ? (null, DeploymentRefusals.TooManyDeployments(limit))
            : (new WorkerDeployment
            {
                Name = key.Id,
                CreatedAt = context.Now,
                CreateRequestId = requestId,
                LastModifier = identity,
            }, null);
    }

    /// <summary>The deployment with one more version; the oldest that may go makes room for it.</summary>
    /// <param name="polled">Builds whose workers have polled lately: they stay.</param>
    public static (WorkerDeployment? Deployment, Rejection? Rejection) Add(
        WorkerDeployment deployment, DeployedVersion version, IReadOnlySet<string> polled, EngineLimits limits)
    {
        if (deployment.Versions.Count >= limits.MaxVersionsInDeployment)
        {
            var oldest = deployment.Versions.Values
                .Where(known => MayGo(known, polled))
                .MinBy(known => (known.CreatedAt.Ticks, known.BuildId));
            if (oldest is null)
            {
                var named = new DeploymentVersion(deployment.Name, version.BuildId);
                return (null, DeploymentRefusals.TooManyVersions(named, limits.MaxVersionsInDeployment));
            }

            deployment = deployment with { Versions = deployment.Versions.Remove(oldest.BuildId) };
        }

        return (deployment with { Versions = deployment.Versions.Add(version.BuildId, version) }, null);
    }

    /// <summary>A version that nobody asked about: inactive until it is routed to.</summary>
    public static DeployedVersion Inactive(DeploymentVersion version, Instant now) =>
        DeployedVersion.New(version, WorkerDeploymentVersionStatus.Inactive, "", "", now);

    private static bool MayGo(DeployedVersion version, IReadOnlySet<string> polled) =>
        !version.IsActive && !version.IsDraining && !polled.Contains(version.BuildId);
}
