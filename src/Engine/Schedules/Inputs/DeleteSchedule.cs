using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>Removes a schedule. The workflows that it has started go on.</summary>
internal sealed record DeleteSchedule(EntityKey Key) : ScheduleInput(Key)
{
    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context) =>
        EntityDecision<ScheduleState>.Delete(Done.Instance);
}
