using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>What holds of every state of a run.</summary>
internal static class StateInvariants
{
    /// <summary>What does not hold; null when all does.</summary>
    public static string? Violation(RunState state)
    {
        var deadlines = state.Activities.Values.Select(a => a.NextDeadline)
            .Concat(state.Timers.Values.Select(t => (Deadline?)t.Deadline))
            .Concat(state.Nexus.Operations.Values.Select(o => o.NextDeadline))
            .Concat(state.Nexus.Operations.Values.Select(o => o.CancellationDeadline))
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

        if (state.Activity is { } standalone
            && (state.Task is not null || standalone.Final is null != state.IsRunning
                || state.Activities.Count != (state.IsRunning ? 1 : 0)))
        {
            return "the run of an activity without a workflow is not that activity";
        }

        if (NexusViolation(state) is { } nexus)
        {
            return nexus;
        }

        if (!state.Buffered.IsEmpty && state.Task is not { IsStarted: true } && state.IsRunning)
        {
            return "events are buffered and no workflow task is started";
        }

        return state.BufferedBytes == state.Buffered.Sum(e => (long)e.CalculateSize())
            ? null
            : "the buffer's size is miscounted";
    }

    private static string? NexusViolation(RunState state)
    {
        var nexus = state.Nexus;
        if (nexus.RequestsDue != nexus.Operations.Values.Sum(o => o.RequestsDue))
        {
            return $"{nexus.RequestsDue} requests to Nexus handlers are counted as due";
        }

        if (nexus.CallbacksDue != nexus.Callbacks.Values.Count(c => c.Phase == CompletionCallbackPhase.Scheduled))
        {
            return $"{nexus.CallbacksDue} callbacks are counted as due";
        }

        if (!nexus.Callbacks.Values.Select(c => c.NextDeadline).OfType<Deadline>().ToHashSet()
            .SetEquals(nexus.CallbackDeadlines))
        {
            return $"deadlines of callbacks are [{string.Join(", ", nexus.CallbackDeadlines)}]";
        }

        if (state.IsClosed && !nexus.Operations.IsEmpty)
        {
            return "a closed run waits for a Nexus operation";
        }

        return state.IsRunning && nexus.Callbacks.Values.Any(c =>
            c.UpdateId.Length == 0 && c.Phase != CompletionCallbackPhase.Standby)
            ? "a callback was called before the run closed"
            : null;
    }
}
