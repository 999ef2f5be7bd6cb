using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Makes a deployment before any worker comes. Answers a <see cref="CreateWorkerDeploymentResponse"/>.</summary>
internal sealed record CreateDeployment(EntityKey Key, string RequestId, string Identity)
    : EntityInput<WorkerDeployment>(Key)
{
    public override EntityDecision<WorkerDeployment> Decide(
        WorkerDeployment? state, EntityContext<WorkerDeployment> context)
    {
        if (state is not null)
        {
            return state.CreateRequestId == RequestId
                ? EntityDecision<WorkerDeployment>.Answer(Reply(state))
                : EntityDecision<WorkerDeployment>.Reject(
                    DeploymentRefusals.DeploymentExists(Key.Id, state.IsAutoCreated));
        }

        var (made, refusal) = VersionRoom.Begin(Key, RequestId, Identity, context);
        return made is null
            ? EntityDecision<WorkerDeployment>.Reject(refusal!)
            : EntityDecision<WorkerDeployment>.Change(made, Reply(made));
    }

    private static CreateWorkerDeploymentResponse Reply(WorkerDeployment state) =>
        new() { ConflictToken = state.ConflictToken };
}
