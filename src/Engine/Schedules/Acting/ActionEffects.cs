using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>Start this action's workflow.</summary>
/// <param name="MayHaveStarted">Whether a crash may have hidden that it was started.</param>
internal sealed record StartAction(ScheduleState Schedule, BufferedStart Start, bool MayHaveStarted)
    : EntityEffect(Schedule.Key);

/// <summary>Say when the chain that this action started has ended.</summary>
internal sealed record WatchAction(ScheduleState Schedule, StartedAction Action) : EntityEffect(Schedule.Key);

/// <summary>Cancel or terminate what this action started.</summary>
internal sealed record EndAction(ScheduleState Schedule, StartedAction Action) : EntityEffect(Schedule.Key);

/// <summary>Some times were left undone: for whoever counts them.</summary>
internal sealed record CountLeftUndone(ScheduleState Schedule, ScheduleCounters Before) : EntityEffect(Schedule.Key);

/// <summary>What a schedule's state asks of the world.</summary>
internal static class ActionEffects
{
    /// <summary>Everything that a loaded state wants done.</summary>
    public static IEnumerable<EntityEffect> All(ScheduleState state) => After(null, state, isLoaded: true);

    /// <param name="before">Null when the schedule is new.</param>
    public static IEnumerable<EntityEffect> After(ScheduleState? before, ScheduleState after) =>
        After(before, after, isLoaded: false);

    private static IEnumerable<EntityEffect> After(ScheduleState? before, ScheduleState after, bool isLoaded)
    {
        if (before is not null && before.Counters != after.Counters)
        {
            yield return new CountLeftUndone(after, before.Counters);
        }

        if (!ReferenceEquals(before?.Buffer, after.Buffer))
        {
            var known = before?.Buffer.Where(start => start.IsStarting).Select(start => start.Sequence).ToHashSet() ?? [];
            foreach (var start in after.Buffer.Where(start => start.IsStarting && !known.Contains(start.Sequence)))
            {
                yield return new StartAction(after, start, isLoaded || start.Attempt > 1);
            }
        }

        if (ReferenceEquals(before?.Actions, after.Actions))
        {
            yield break;
        }

        foreach (var action in after.Actions.Where(action => action.IsRunning))
        {
            var known = before?.Actions.Find(earlier => earlier.Sequence == action.Sequence);
            if (known is null)
            {
                yield return new WatchAction(after, action);
            }

            if (action.Ending != (known?.Ending ?? ActionEnding.None))
            {
                yield return new EndAction(after, action);
            }
        }
    }
}
