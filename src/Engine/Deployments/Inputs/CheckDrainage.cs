using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>It is time to count the open runs of draining versions.</summary>
internal sealed record CheckDrainage(EntityKey Key) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        var versions = state.Versions;
        foreach (var (buildId, version) in state.Versions)
        {
            if (Drainage.DueAt(version, context.Limits) is { } due && due <= context.Now)
            {
                versions = versions.SetItem(buildId, version with { IsBeingCounted = true });
            }
        }

        return Change(state with { Versions = versions }, Done.Instance, context);
    }
}
