using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>A run was pinned to a version that was at rest: it drains (again) until that run has ended.</summary>
internal sealed record ReactivateVersion(EntityKey Key, string BuildId) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (!state.Versions.TryGetValue(BuildId, out var version) || !IsAtRest(version.Info.Status))
        {
            return Answer(Done.Instance);
        }

        var draining = version.With(info =>
        {
            info.Status = WorkerDeploymentVersionStatus.Draining;
            info.DrainageInfo = Drainage.Begun(context.Now);
        });
        return Change(
            state with { Versions = state.Versions.SetItem(BuildId, draining) }, Done.Instance, context);
    }

    protected override EntityDecision<WorkerDeployment> Missing() => Answer(Done.Instance);

    /// <summary>Whether a version of that status needs to be woken by a run that is pinned to it.</summary>
    public static bool IsAtRest(WorkerDeploymentVersionStatus status) =>
        status is WorkerDeploymentVersionStatus.Drained or WorkerDeploymentVersionStatus.Inactive;
}
