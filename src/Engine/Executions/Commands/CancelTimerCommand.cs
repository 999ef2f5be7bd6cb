using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Cancels a timer; also one that has fired into the buffer while this task was being worked on.</summary>
internal static class CancelTimerCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var timerId = command.CancelTimerCommandAttributes?.TimerId ?? "";
        if (timerId.Length == 0)
        {
            return Bad("TimerId is not set on CancelTimerCommand.");
        }

        if (timerId.Length > batch.Context.Limits.MaxIdLength)
        {
            return Bad($"TimerId on CancelTimerCommand exceeds length limit. TimerId={timerId} "
                + $"Length={timerId.Length} Limit={batch.Context.Limits.MaxIdLength}");
        }

        if (FindStarted(batch.State, timerId) is not { } startedEventId)
        {
            return Bad($"TimerId {timerId} is not the id of a timer that has neither fired nor been cancelled.");
        }

        if (!batch.State.Timers.ContainsKey(timerId))
        {
            batch.Draft.Emit(new BufferedTimerFiredRevoked(timerId));
        }

        batch.Draft.Record(EventType.TimerCanceled, e =>
        {
            e.TimerCanceledEventAttributes = new TimerCanceledEventAttributes
            {
                TimerId = timerId,
                StartedEventId = startedEventId,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
                Identity = batch.Identity,
            };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static long? FindStarted(RunState state, string timerId)
    {
        if (state.Timers.TryGetValue(timerId, out var timer))
        {
            return timer.StartedEventId;
        }

        return state.Buffered
            .Where(e => e.EventType == EventType.TimerFired)
            .Select(e => e.TimerFiredEventAttributes)
            .FirstOrDefault(fired => fired.TimerId == timerId)?.StartedEventId;
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadCancelTimerAttributes, message);
}
