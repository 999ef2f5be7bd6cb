using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>An input for a schedule that must be there.</summary>
internal abstract record ScheduleInput(EntityKey Key) : EntityInput<ScheduleState>(Key)
{
    public sealed override EntityDecision<ScheduleState> Decide(
        ScheduleState? state, EntityContext<ScheduleState> context) => state is null
        ? EntityDecision<ScheduleState>.Reject(ScheduleRejections.NotFound())
        : DecideOn(state, context);

    protected abstract EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context);
}
