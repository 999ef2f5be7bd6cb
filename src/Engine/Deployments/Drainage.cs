using AugmentedOS.Engine.Executions;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>How a version that is neither current nor ramping comes to rest: its open pinned runs are counted now and
/// then, and when there is none it is drained.</summary>
internal static class Drainage
{
    public static VersionDrainageInfo Begun(Instant now) => new()
    {
        Status = VersionDrainageStatus.Draining,
        LastChangedTime = now.ToTimestamp(),
        LastCheckedTime = now.ToTimestamp(),
    };

    /// <summary>The deployment with its next look at a draining version planned.</summary>
    public static WorkerDeployment Plan(WorkerDeployment deployment, EngineLimits limits)
    {
        Instant? next = null;
        foreach (var version in deployment.Versions.Values)
        {
            if (DueAt(version, limits) is { } due && !(next <= due))
            {
                next = due;
            }
        }

        return deployment with { WakeAt = next };
    }

    /// <summary>When the runs of a version are to be counted; null when they are not.</summary>
    public static Instant? DueAt(DeployedVersion version, EngineLimits limits)
    {
        if (!version.IsDraining || version.IsBeingCounted)
        {
            return null;
        }

        var info = version.Info.DrainageInfo;
        var checkedAt = Instant.From(info.LastCheckedTime);
        var isFirst = info.LastCheckedTime.Equals(info.LastChangedTime);
        return checkedAt + (isFirst ? limits.DrainageGracePeriod : limits.DrainageRefresh);
    }

    /// <summary>A version after its runs were counted.</summary>
    public static DeployedVersion Counted(DeployedVersion version, long openRuns, Instant now)
    {
        var counted = version with { IsBeingCounted = false };
        if (!version.IsDraining)
        {
            return counted;   // It became current again while somebody counted.
        }

        return counted.With(info =>
        {
            info.DrainageInfo.LastCheckedTime = now.ToTimestamp();
            if (openRuns == 0)
            {
                info.DrainageInfo.Status = VersionDrainageStatus.Drained;
                info.DrainageInfo.LastChangedTime = now.ToTimestamp();
                info.Status = WorkerDeploymentVersionStatus.Drained;
            }
        });
    }
}
