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
        return state with
        {
            Timers = state.Timers.Add(timer.TimerId, timer),
            Deadlines = state.Deadlines.Add(timer.Deadline),
        };
    }

    public static RunState Ended(RunState state, string timerId) =>
        state.Timers.TryGetValue(timerId, out var timer)
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
