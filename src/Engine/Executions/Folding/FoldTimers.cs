using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of timers.</summary>
internal static class FoldTimers
{
    public static RunState Started(RunState state, HistoryEvent happened)
    {
        var attributes = happened.TimerStartedEventAttributes;
        var timer = new PendingTimer(
            attributes.TimerId,
            happened.EventId,
            Instant.From(happened.EventTime) + attributes.StartToFireTimeout.OrZero());
        var deadlines = state.Timers.TryGetValue(timer.TimerId, out var ended)
            ? state.Deadlines.Remove(ended.Deadline) // Its end stands behind this event in a history that was copied.
            : state.Deadlines;
        return state with
        {
            Timers = state.Timers.SetItem(timer.TimerId, timer),
            Deadlines = deadlines.Add(timer.Deadline),
        };
    }

    public static RunState Ended(RunState state, string timerId, long startedEventId) =>
        state.Timers.TryGetValue(timerId, out var timer) && timer.StartedEventId == startedEventId
            ? state with
            {
                Timers = state.Timers.Remove(timerId),
                Deadlines = state.Deadlines.Remove(timer.Deadline),
            }
            : state;

    public static RunState Revoke(RunState state, BufferedTimerFiredRevoked revoked)
    {
        var fired = state.Buffered.First(e =>
            e.EventType == EventType.TimerFired && e.TimerFiredEventAttributes.TimerId == revoked.TimerId);
        return state with
        {
            Buffered = state.Buffered.Remove(fired),
            BufferedBytes = state.BufferedBytes - fired.CalculateSize(),
        };
    }
}
