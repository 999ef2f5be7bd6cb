using System.Collections.Concurrent;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>The durable deployments, and the routing of each task queue that follows from them. Reading takes no lock.
/// </summary>
/// <remarks>A change of a deployment touches its queues, not the runs on them: a task learns its version when it is
/// dispatched.</remarks>
internal sealed class DeploymentDirectory(TaskMatcher matcher) : IVersionDirectory
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<EntityKey, WorkerDeployment> _deployments = new();
    private readonly Dictionary<TaskQueueKey, HashSet<EntityKey>> _byQueue = [];

    /// <summary>Told of versions at rest that a run was pinned to: deployment and build.</summary>
    public Action<EntityKey, string> Woken { get; set; } = static (_, _) => { };

    public WorkerDeployment? Find(EntityKey key) => _deployments.GetValueOrDefault(key);

    /// <summary>The deployments of a namespace, in no order.</summary>
    public IEnumerable<WorkerDeployment> Of(NamespaceId ns) =>
        _deployments.Where(known => known.Key.Namespace == ns).Select(known => known.Value);

    public bool Serves(DeploymentVersion version, NamespaceId ns, string queue, TaskQueueType type) =>
        !_deployments.IsEmpty
        && matcher.RoutingOf(new TaskQueueKey(ns, queue, type)).Members.Contains(version);

    public VersionTarget TargetOf(NamespaceId ns, string workflowQueue, string workflowId, bool usesRamping)
    {
        if (_deployments.IsEmpty)
        {
            return default;
        }

        var routing = matcher.RoutingOf(new TaskQueueKey(ns, workflowQueue, TaskQueueType.Workflow));
        return new VersionTarget(
            routing.TargetOf(workflowId, usesRamping), routing.RevisionOf(workflowId, usesRamping));
    }

    /// <summary>Whether the version has come to rest and nobody polls the queue: what is asked of it stays unanswered.
    /// </summary>
    public bool IsBlackHole(DeploymentVersion version, TaskQueueKey queue) =>
        _deployments.TryGetValue(WorkerDeployment.KeyOf(queue.Namespace, version.Deployment), out var deployment)
        && deployment.Versions.TryGetValue(version.BuildId, out var known)
        && known.Info.Status == WorkerDeploymentVersionStatus.Drained
        && matcher.Describe(queue).Pollers.Count == 0;

    /// <summary>A run is durably pinned to a version: one at rest has to be watched again until the run has ended.</summary>
    public void NotePinned(NamespaceId ns, DeploymentVersion version)
    {
        var key = WorkerDeployment.KeyOf(ns, version.Deployment);
        if (Find(key)?.Versions.GetValueOrDefault(version.BuildId) is { } known
            && Inputs.ReactivateVersion.IsAtRest(known.Info.Status))
        {
            Woken(key, version.BuildId);
        }
    }

    /// <summary>A deployment is durably as it is now; null when it is gone. In the order of commits.</summary>
    public void Publish(EntityKey key, WorkerDeployment? deployment)
    {
        lock (_gate)
        {
            var before = QueuesOf(key, _deployments.GetValueOrDefault(key));
            var after = QueuesOf(key, deployment);
            if (deployment is null)
            {
                _deployments.TryRemove(key, out _);
            }
            else
            {
                _deployments[key] = deployment;
            }

            foreach (var queue in before.Except(after))
            {
                _byQueue[queue].Remove(key);
            }

            foreach (var queue in after.Except(before))
            {
                (_byQueue.TryGetValue(queue, out var known) ? known : _byQueue[queue] = []).Add(key);
            }

            foreach (var queue in before.Union(after))
            {
                Route(queue);
            }
        }
    }

    private void Route(TaskQueueKey queue)
    {
        var routing = RoutingOfQueue.Of(queue, _byQueue[queue].OrderBy(key => key.Id, StringComparer.Ordinal).Select(key => _deployments[key]));
        if (!routing.IsSameAs(matcher.RoutingOf(queue)))
        {
            matcher.Route(queue, routing);
        }
    }

    private static HashSet<TaskQueueKey> QueuesOf(EntityKey key, WorkerDeployment? deployment) =>
        [.. deployment?.Versions.Values.SelectMany(version => version.Info.TaskQueueInfos)
            .Select(queue => new TaskQueueKey(key.Namespace, queue.Name, queue.Type)) ?? []];
}
