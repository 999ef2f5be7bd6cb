using AugmentedOS.Engine.Entities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Makes a version before its first worker comes. Answers a <see cref="CreateWorkerDeploymentVersionResponse"/>.
/// </summary>
/// <param name="Polled">Builds whose workers have polled lately.</param>
internal sealed record CreateVersion(
    EntityKey Key, DeploymentVersion Version, string RequestId, string Identity, IReadOnlySet<string> Polled)
    : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (state.Versions.TryGetValue(Version.BuildId, out var known))
        {
            return known.CreateRequestId == RequestId
                ? Answer(new CreateWorkerDeploymentVersionResponse())
                : Reject(DeploymentRefusals.VersionExists(Version));
        }

        var version = DeployedVersion.New(
            Version, WorkerDeploymentVersionStatus.Created, RequestId, Identity, context.Now);
        var (next, refusal) = VersionRoom.Add(state, version, Polled, context.Limits);
        return next is null
            ? Reject(refusal!)
            : Change(next, new CreateWorkerDeploymentVersionResponse(), context);
    }
}
