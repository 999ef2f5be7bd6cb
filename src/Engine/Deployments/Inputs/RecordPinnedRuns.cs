using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>The open runs that are pinned to a version have been counted.</summary>
internal sealed record RecordPinnedRuns(EntityKey Key, string BuildId, long Count) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (!state.Versions.TryGetValue(BuildId, out var version) || !version.IsBeingCounted)
        {
            return Answer(Done.Instance);
        }

        var counted = Drainage.Counted(version, Count, context.Now);
        return Change(state with { Versions = state.Versions.SetItem(BuildId, counted) }, Done.Instance, context);
    }

    protected override EntityDecision<WorkerDeployment> Missing() => Answer(Done.Instance);
}
