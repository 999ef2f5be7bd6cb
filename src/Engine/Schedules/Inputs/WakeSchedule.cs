using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Progress;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>A schedule's time has come: to act, to try a start again, or to go.</summary>
internal sealed record WakeSchedule(EntityKey Key) : ScheduleInput(Key)
{
    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (Wakefulness.EndsAt(state) <= context.Now)
        {
            return EntityDecision<ScheduleState>.Delete(Done.Instance);
        }

        var after = ScheduleProgress.Of(TryAgain(state, context.Now), context.Now);
        return EntityDecision<ScheduleState>.Change(after, Done.Instance);
    }

    private static ScheduleState TryAgain(ScheduleState state, Instant now) =>
        !state.Buffer.Any(start => start.RetryAt <= now)
            ? state
            : state with
            {
                Buffer = [.. state.Buffer.Select(start => start.RetryAt <= now ? start with { RetryAt = null } : start)],
            };
}
