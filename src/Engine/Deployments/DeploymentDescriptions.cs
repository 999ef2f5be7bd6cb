using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using ListedDeployment = Temporalio.Api.WorkflowService.V1.ListWorkerDeploymentsResponse.Types.WorkerDeploymentSummary;
using Summary = Temporalio.Api.Deployment.V1.WorkerDeploymentInfo.Types.WorkerDeploymentVersionSummary;
using VersionQueue =
    Temporalio.Api.WorkflowService.V1.DescribeWorkerDeploymentVersionResponse.Types.VersionTaskQueue;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Deployments and versions as the API shows them.</summary>
internal static class DeploymentDescriptions
{
    public static DescribeWorkerDeploymentResponse Describe(WorkerDeployment deployment)
    {
        var info = new WorkerDeploymentInfo
        {
            Name = deployment.Name,
            CreateTime = deployment.CreatedAt.ToTimestamp(),
            RoutingConfig = deployment.Routing,
            LastModifierIdentity = deployment.LastModifier,
            ManagerIdentity = deployment.Manager,

            // A routing is told once every task queue follows it: there is one machine, and one commit.
            RoutingConfigUpdateState = RoutingConfigUpdateState.Completed,
        };
        info.VersionSummaries.AddRange(LatestFirst(deployment).Select(Summarize));
        return new DescribeWorkerDeploymentResponse
        {
            WorkerDeploymentInfo = info,
            ConflictToken = deployment.ConflictToken,
        };
    }

    public static ListedDeployment List(WorkerDeployment deployment) => new()
    {
        Name = deployment.Name,
        CreateTime = deployment.CreatedAt.ToTimestamp(),
        RoutingConfig = deployment.Routing,
        LatestVersionSummary = LatestFirst(deployment).Select(Summarize).FirstOrDefault(),
        CurrentVersionSummary = Summarize(deployment, deployment.Routing.CurrentDeploymentVersion),
        RampingVersionSummary = Summarize(deployment, deployment.Routing.RampingDeploymentVersion),
    };

    /// <param name="matcher">Where the statistics of its queues come from; null when nobody asked for them.</param>
    public static DescribeWorkerDeploymentVersionResponse Describe(
        DeployedVersion version, NamespaceId ns, TaskMatcher? matcher)
    {
        var response = new DescribeWorkerDeploymentVersionResponse { WorkerDeploymentVersionInfo = version.Info };
        var named = DeploymentVersion.From(version.Info.DeploymentVersion);
        foreach (var info in version.Info.TaskQueueInfos)
        {
            var queue = new VersionQueue { Name = info.Name, Type = info.Type };
            if (matcher?.Describe(new TaskQueueKey(ns, info.Name, info.Type), named) is { } snapshot)
            {
                queue.Stats = TaskQueueDescriptions.StatsOf(snapshot);
                foreach (var (key, priority) in snapshot.ByPriority)
                {
                    queue.StatsByPriorityKey.Add(key, TaskQueueDescriptions.StatsOf(priority));
                }
            }

            response.VersionTaskQueues.Add(queue);
        }

        return response;
    }

    private static Summary? Summarize(WorkerDeployment deployment, WorkerDeploymentVersion? version) =>
        version is not null && deployment.Versions.TryGetValue(version.BuildId, out var known) ? Summarize(known) : null;

    private static Summary Summarize(DeployedVersion version)
    {
        var info = version.Info;
        return new Summary
        {
            Version = info.Version,
            DeploymentVersion = info.DeploymentVersion,
            Status = info.Status,
            CreateTime = info.CreateTime,
            DrainageStatus = info.DrainageInfo?.Status ?? VersionDrainageStatus.Unspecified,
            DrainageInfo = info.DrainageInfo,
            RoutingUpdateTime = info.RoutingChangedTime,
            CurrentSinceTime = info.CurrentSinceTime,
            RampingSinceTime = info.RampingSinceTime,
            FirstActivationTime = info.FirstActivationTime,
            LastCurrentTime = info.LastCurrentTime,
            LastDeactivationTime = info.LastDeactivationTime,
        };
    }

    private static IEnumerable<DeployedVersion> LatestFirst(WorkerDeployment deployment) =>
        deployment.Versions.Values.OrderByDescending(version => version.CreatedAt.Ticks)
            .ThenBy(version => version.BuildId, StringComparer.Ordinal);
}
