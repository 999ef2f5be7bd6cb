using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>A worker of a version polls a task queue for the first time. Makes the deployment and the version where they
/// are new.</summary>
/// <param name="Polled">Builds of the deployment whose workers have polled lately; asked only when room is scarce.</param>
internal sealed record RegisterWorker(
    EntityKey Key, string BuildId, string Queue, TaskQueueType Type, IReadOnlySet<string> Polled)
    : EntityInput<WorkerDeployment>(Key)
{
    public override EntityDecision<WorkerDeployment> Decide(
        WorkerDeployment? state, EntityContext<WorkerDeployment> context)
    {
        var (deployment, refusal) = state is null ? VersionRoom.Begin(Key, "", "", context) : (state, null);
        if (deployment is null)
        {
            return EntityDecision<WorkerDeployment>.Reject(refusal!);
        }

        if (!deployment.Versions.ContainsKey(BuildId))
        {
            var added = VersionRoom.Inactive(new DeploymentVersion(Key.Id, BuildId), context.Now);
            (deployment, refusal) = VersionRoom.Add(deployment!, added, Polled, context.Limits);
        }

        if (deployment is null)
        {
            return EntityDecision<WorkerDeployment>.Reject(refusal!);
        }

        var version = deployment.Versions[BuildId];
        if (version.Serves(Queue, Type))
        {
            return state == deployment
                ? EntityDecision<WorkerDeployment>.Answer(Done.Instance)
                : Save(deployment, version, context);
        }

        var queues = version.Info.TaskQueueInfos.Select(known => known.Name).Append(Queue).Distinct().Count();
        return queues > context.Limits.MaxTaskQueuesInVersion
            ? EntityDecision<WorkerDeployment>.Reject(
                DeploymentRefusals.TooManyQueues(Queue, context.Limits.MaxTaskQueuesInVersion))
            : Save(deployment, Join(version), context);
    }

    private DeployedVersion Join(DeployedVersion version) => version.With(info =>
    {
        info.TaskQueueInfos.Add(new WorkerDeploymentVersionInfo.Types.VersionTaskQueueInfo { Name = Queue, Type = Type });
        if (info.Status == WorkerDeploymentVersionStatus.Created)
        {
            info.Status = WorkerDeploymentVersionStatus.Inactive;
        }
    });

    private static EntityDecision<WorkerDeployment> Save(
        WorkerDeployment deployment, DeployedVersion version, EntityContext<WorkerDeployment> context) =>
        EntityDecision<WorkerDeployment>.Change(
            Drainage.Plan(
                deployment with { Versions = deployment.Versions.SetItem(version.BuildId, version) }, context.Limits),
            Done.Instance);
}
