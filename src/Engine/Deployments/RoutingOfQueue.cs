using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Where a task queue sends what is not pinned, as far as all deployments together say it.</summary>
/// <remarks>A queue may have moved from one deployment to another: what was routed last counts, and a version that its
/// workers really serve counts over workers without one.</remarks>
internal static class RoutingOfQueue
{
    /// <param name="deployments">Those with a version whose workers have polled the queue.</param>
    public static QueueRouting Of(TaskQueueKey queue, IEnumerable<WorkerDeployment> deployments)
    {
        var members = new HashSet<DeploymentVersion>();
        RoutingConfig? current = null;
        RoutingConfig? ramping = null;
        foreach (var deployment in deployments)
        {
            members.UnionWith(deployment.Versions.Values
                .Where(version => version.Serves(queue.Name, queue.Type))
                .Select(version => new DeploymentVersion(deployment.Name, version.BuildId)));
            current = Later(current, Served(deployment, queue, deployment.Routing.CurrentDeploymentVersion), CurrentOf);
            ramping = Later(ramping, Served(deployment, queue, deployment.Routing.RampingDeploymentVersion), RampingOf);
        }

        return new QueueRouting(
            DeploymentVersion.From(current?.CurrentDeploymentVersion),
            DeploymentVersion.From(ramping?.RampingDeploymentVersion),
            ramping?.RampingVersionPercentage ?? 0,
            members)
        {
            CurrentRevision = current?.RevisionNumber ?? 0,
            RampingRevision = ramping?.RevisionNumber ?? 0,
            CurrentSince = current?.CurrentVersionChangedTime is { } since ? Instant.From(since) : null,
            RampingSince = ramping?.RampingVersionPercentageChangedTime is { } ramps ? Instant.From(ramps) : null,
        };
    }

    /// <summary>The deployment's routing if it says anything about this queue: a version that does not serve the queue
    /// says nothing.</summary>
    private static RoutingConfig? Served(WorkerDeployment deployment, TaskQueueKey queue, WorkerDeploymentVersion? version) =>
        version is null
        || (deployment.Versions.TryGetValue(version.BuildId, out var known) && known.Serves(queue.Name, queue.Type))
            ? deployment.Routing
            : null;

    private static RoutingConfig? Later(
        RoutingConfig? one, RoutingConfig? other, Func<RoutingConfig, (bool IsVersion, Instant At)> rank) =>
        one is null ? other : other is null || rank(one).CompareTo(rank(other)) >= 0 ? one : other;

    private static (bool IsVersion, Instant At) CurrentOf(RoutingConfig routing) =>
        (routing.CurrentDeploymentVersion is not null, At(routing.CurrentVersionChangedTime));

    private static (bool IsVersion, Instant At) RampingOf(RoutingConfig routing) =>
        (routing.RampingDeploymentVersion is not null, At(routing.RampingVersionPercentageChangedTime));

    private static Instant At(Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is null ? default : Instant.From(time);
}
