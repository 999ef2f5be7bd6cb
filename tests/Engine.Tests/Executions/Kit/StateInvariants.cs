using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>What holds of every state of a run.</summary>
internal static class StateInvariants
{
    /// <summary>What does not hold; null when all does.</summary>
    public static string? Violation(RunState state)
    {
        var deadlines = state.Activities.Values.Select(a => a.NextDeadline)
            .Concat(state.Timers.Values.Select(t => (Deadline?)t.Deadline))
            .OfType<Deadline>()
            .ToHashSet();
        if (!deadlines.SetEquals(state.Deadlines))
        {
            return $"deadlines are [{string.Join(", ", state.Deadlines)}], "
                + $"those of activities and timers are [{string.Join(", ", deadlines)}]";
        }

        var ids = state.Activities.Values.ToDictionary(a => a.ActivityId, a => a.ScheduledEventId);
        if (ids.Count != state.ActivityIds.Count
            || ids.Any(id => state.ActivityIds.GetValueOrDefault(id.Key) != id.Value))
        {
            return "activity ids do not lead to the pending activities";
        }

        if (state.IsClosed && (state.Task is not null || !state.Deadlines.IsEmpty || !state.Activities.IsEmpty))
        {
            return "something is pending in a closed run";
        }

        if (!state.Buffered.IsEmpty && state.Task is not { IsStarted: true } && state.IsRunning)
        {
            return "events are buffered and no workflow task is started";
        }

        return state.BufferedBytes == state.Buffered.Sum(e => (long)e.CalculateSize())
            ? null
            : "the buffer's size is miscounted";
    }
}
