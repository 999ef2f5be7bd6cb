using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>What a change of routing means for the versions of a deployment.</summary>
internal static class RoutingChange
{
    /// <summary>The deployment under another routing: who becomes current or ramping starts a new life, who ceases to be
    /// either drains.</summary>
    public static WorkerDeployment Apply(WorkerDeployment deployment, RoutingConfig routing, Instant now)
    {
        var versions = deployment.Versions.ToBuilder();
        foreach (var (buildId, version) in deployment.Versions)
        {
            versions[buildId] = Apply(version, routing, now);
        }

        return deployment with { Routing = routing, Versions = versions.ToImmutable() };
    }

    private static DeployedVersion Apply(DeployedVersion version, RoutingConfig routing, Instant now)
    {
        if (Is(routing.CurrentDeploymentVersion, version))
        {
            return Activate(version, now, info =>
            {
                info.Status = WorkerDeploymentVersionStatus.Current;
                info.CurrentSinceTime = routing.CurrentVersionChangedTime;
                info.LastCurrentTime = routing.CurrentVersionChangedTime;
                info.RoutingChangedTime = routing.CurrentVersionChangedTime;
            });
        }

        if (Is(routing.RampingDeploymentVersion, version))
        {
            return Activate(version, now, info =>
            {
                info.Status = WorkerDeploymentVersionStatus.Ramping;
                info.RampingSinceTime = routing.RampingVersionChangedTime;
                info.RampPercentage = routing.RampingVersionPercentage;
                info.RoutingChangedTime = routing.RampingVersionPercentageChangedTime;
            });
        }

        return version.IsActive ? Retire(version, now) : version;
    }

    private static bool Is(WorkerDeploymentVersion? named, DeployedVersion version) =>
        named is not null && named.BuildId == version.BuildId;

    private static DeployedVersion Activate(
        DeployedVersion version, Instant now, Action<WorkerDeploymentVersionInfo> become) =>
        version.With(info =>
        {
            info.CurrentSinceTime = null;
            info.RampingSinceTime = null;
            info.RampPercentage = 0;
            info.DrainageInfo = null;
            info.FirstActivationTime ??= now.ToTimestamp();
            become(info);
        }) with
        { IsBeingCounted = false };

    private static DeployedVersion Retire(DeployedVersion version, Instant now) => version.With(info =>
    {
        info.Status = WorkerDeploymentVersionStatus.Draining;
        info.CurrentSinceTime = null;
        info.RampingSinceTime = null;
        info.RampPercentage = 0;
        info.RoutingChangedTime = now.ToTimestamp();
        info.LastDeactivationTime = now.ToTimestamp();
        info.DrainageInfo = Drainage.Begun(now);
    });
}
