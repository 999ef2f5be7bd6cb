using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Progress;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>An action's workflow has started.</summary>
/// <param name="Incarnation">Of the schedule that asked for it: it may be gone, and another have its id.</param>
internal sealed record RecordActionStarted(
    EntityKey Key, Guid Incarnation, long Sequence, string WorkflowId, RunId FirstRun, Instant StartedAt)
    : ScheduleInput(Key)
{
    /// <summary>How many actions are shown.</summary>
    public const int RecentActions = 10;

    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (state.Incarnation != Incarnation || state.Buffer.Find(s => s.Sequence == Sequence) is not { } start)
        {
            return EntityDecision<ScheduleState>.Answer(Done.Instance); // Known, or of no interest any more.
        }

        var action = new StartedAction(
            Sequence, start.Nominal, start.Due, StartedAt, WorkflowId, FirstRun, start.IsExclusive);
        var after = state with
        {
            Buffer = state.Buffer.Remove(start),
            Actions = Trim(state.Actions.Add(action)),
            Counters = state.Counters with { Actions = state.Counters.Actions + 1 },
        };
        return EntityDecision<ScheduleState>.Change(ScheduleProgress.Of(after, context.Now), Done.Instance);
    }

    /// <summary>Lets the oldest go, but none that others wait for.</summary>
    private static ImmutableList<StartedAction> Trim(
        ImmutableList<StartedAction> actions)
    {
        while (actions.Count > RecentActions
            && actions.FindIndex(action => !action.IsRunning || !action.IsExclusive) is >= 0 and var oldest)
        {
            actions = actions.RemoveAt(oldest);
        }

        return actions;
    }
}
