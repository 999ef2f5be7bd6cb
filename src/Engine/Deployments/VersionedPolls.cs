using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>Makes known the versions whose workers poll.</summary>
internal sealed class VersionedPolls(
    EntityHost<WorkerDeployment> host, DeploymentDirectory directory, TaskMatcher matcher)
{
    /// <summary>Called with each poll, before it waits. The first of a version on a queue makes them known to each other;
    /// all others cost a look-up, and polls without a version nothing.</summary>
    /// <returns>Null, or why the poll cannot be.</returns>
    public async ValueTask<Rejection?> RegisterAsync(TaskQueueKey queue, WorkerDeploymentOptions? options)
    {
        if (DeploymentVersion.Of(options) is not { } version
            || queue.IsSticky
            || directory.Serves(version, queue.Namespace, queue.Name, queue.Type))
        {
            return null;
        }

        var key = WorkerDeployment.KeyOf(queue.Namespace, version.Deployment);
        var outcome = await host
            .SubmitAsync(new RegisterWorker(key, version.BuildId, queue.Name, queue.Type, PolledBuilds(key)))
            .ConfigureAwait(false);
        return outcome.Rejection;
    }

    /// <summary>The builds of a deployment whose workers have polled in the last minutes.</summary>
    public IReadOnlySet<string> PolledBuilds(EntityKey deployment)
    {
        var polled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in directory.Find(deployment)?.Versions.Values ?? [])
        {
            if (IsPolled(deployment, version))
            {
                polled.Add(version.BuildId);
            }
        }

        return polled;
    }

    /// <summary>The queues of the current version that its tasks come to, or wait in, and that no other deployment has
    /// taken over.</summary>
    public IReadOnlySet<ServedQueue> QueuesInUse(EntityKey key)
    {
        var used = new HashSet<ServedQueue>();
        if (directory.Find(key) is not { Routing.CurrentDeploymentVersion: { } current } deployment
            || !deployment.Versions.TryGetValue(current.BuildId, out var version))
        {
            return used;
        }

        var named = new DeploymentVersion(deployment.Name, current.BuildId);
        foreach (var info in version.Info.TaskQueueInfos)
        {
            var queue = new TaskQueueKey(key.Namespace, info.Name, info.Type);
            var snapshot = matcher.Describe(queue, named);
            if (matcher.RoutingOf(queue).Current == named && (snapshot.Backlog > 0 || snapshot.AddedPerSecond > 0))
            {
                used.Add(new ServedQueue(info.Name, info.Type));
            }
        }

        return used;
    }

    private bool IsPolled(EntityKey deployment, DeployedVersion version) => version.Info.TaskQueueInfos.Any(queue =>
        matcher.Describe(
            new TaskQueueKey(deployment.Namespace, queue.Name, queue.Type),
            new DeploymentVersion(deployment.Id, version.BuildId)).Pollers.Count > 0);
}
