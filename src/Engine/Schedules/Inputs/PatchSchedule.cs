using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Progress;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>Pauses, unpauses, triggers or backfills.</summary>
/// <param name="Request">Has passed the checks of the API.</param>
internal sealed record PatchSchedule(EntityKey Key, PatchScheduleRequest Request) : ScheduleInput(Key)
{
    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (KnownRequests.Contains(state, Request.RequestId))
        {
            return EntityDecision<ScheduleState>.Answer(Done.Instance);
        }

        if (SchedulePatching.Check(state.Backfills.Count, Request.Patch) is { } refusal)
        {
            return EntityDecision<ScheduleState>.Reject(refusal);
        }

        var patched = SchedulePatching.Apply(state, Request.Patch, context.Now);
        var after = KnownRequests.With(patched, Request.RequestId) with { ConflictToken = state.ConflictToken + 1 };
        return EntityDecision<ScheduleState>.Change(ScheduleProgress.Of(after, context.Now), Done.Instance);
    }
}
