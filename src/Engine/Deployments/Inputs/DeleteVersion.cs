using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Deletes a version that nobody needs. Answers a <see cref="DeleteWorkerDeploymentVersionResponse"/>; fine for a
/// version that is not there.</summary>
/// <param name="IsPolled">Whether its workers have polled lately.</param>
internal sealed record DeleteVersion(
    EntityKey Key, DeploymentVersion Version, bool SkipDrainage, string Identity, bool IsPolled) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (!state.Versions.TryGetValue(Version.BuildId, out var version))
        {
            return Answer(new DeleteWorkerDeploymentVersionResponse());
        }

        var why = version.IsActive ? "is current or ramping" : null;
        if (why is null && RoutingGuard.Manager(state, Identity) is { } refusal)
        {
            return Reject(refusal);
        }

        why ??= version.IsDraining && !SkipDrainage ? "is draining" : IsPolled ? "has active pollers" : null;
        return why is not null
            ? Reject(DeploymentRefusals.CannotDelete(Version, why))
            : Change(
                state with { Versions = state.Versions.Remove(Version.BuildId), LastModifier = Identity },
                new DeleteWorkerDeploymentVersionResponse(),
                context);
    }
}
