using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Says who alone may route a deployment. Answers a <see cref="SetWorkerDeploymentManagerResponse"/>.</summary>
/// <param name="Manager">Empty for nobody.</param>
internal sealed record SetManager(EntityKey Key, SetWorkerDeploymentManagerRequest Request, string Manager)
    : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (state.Manager == Manager && state.LastModifier == Request.Identity)
        {
            return Answer(Reply(state, Manager));
        }

        if (!Request.ConflictToken.IsEmpty && Request.ConflictToken != state.ConflictToken)
        {
            return Reject(DeploymentRefusals.TokenMismatch());
        }

        var next = state with
        {
            Manager = Manager,
            LastModifier = Request.Identity,
            Changes = state.Changes + 1,
        };
        return Change(next, Reply(next, state.Manager), context);
    }

    private static SetWorkerDeploymentManagerResponse Reply(WorkerDeployment state, string previous) =>
        new() { ConflictToken = state.ConflictToken, PreviousManagerIdentity = previous };
}
