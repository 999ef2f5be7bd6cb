using AugmentedOS.Engine.Entities;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>A task queue that a version serves.</summary>
internal readonly record struct ServedQueue(string Name, TaskQueueType Type);

/// <summary>What stands between a deployment and another routing.</summary>
internal static class RoutingGuard
{
    public static Rejection? Manager(WorkerDeployment state, string identity) =>
        state.Manager.Length > 0 && state.Manager != identity
            ? DeploymentRefusals.OtherManager(state.Manager, identity)
            : null;

    /// <summary>The deployment with the version in it, made where it is new.</summary>
    public static (WorkerDeployment? Deployment, Rejection? Rejection) Ensure(
        WorkerDeployment state,
        DeploymentVersion? version,
        IReadOnlySet<string> polled,
        EntityContext<WorkerDeployment> context) =>
        version is not { } named || state.Versions.ContainsKey(named.BuildId)
            ? (state, null)
            : VersionRoom.Add(state, VersionRoom.Inactive(named, context.Now), polled, context.Limits);

    /// <summary>Whether a queue that is in use would be left without workers of the version.</summary>
    public static bool Misses(WorkerDeployment state, DeploymentVersion? version, IReadOnlySet<ServedQueue> expected) =>
        version is { } named
        && state.Routing.CurrentDeploymentVersion is { } current
        && state.Versions.TryGetValue(current.BuildId, out var before)
        && state.Versions.TryGetValue(named.BuildId, out var after)
        && before.Info.TaskQueueInfos.Any(queue =>
            expected.Contains(new ServedQueue(queue.Name, queue.Type)) && !after.Serves(queue.Name, queue.Type));
}
