using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Deletes a deployment without versions. Answers a <see cref="DeleteWorkerDeploymentResponse"/>; fine for one
/// that is not there.</summary>
internal sealed record DeleteDeployment(EntityKey Key) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context) => state.Versions.Count > 0
        ? Reject(Rejection.FailedPrecondition("deployment has versions, can't be deleted"))
        : EntityDecision<WorkerDeployment>.Delete(new DeleteWorkerDeploymentResponse());

    protected override EntityDecision<WorkerDeployment> Missing() => Answer(new DeleteWorkerDeploymentResponse());
}
