using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Starts a timer. One of zero length is legal and fires at once.</summary>
internal static class StartTimerCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.StartTimerCommandAttributes;
        if (Check(attributes, batch.Context.Limits) is { } message)
        {
            return new CommandFailure(WorkflowTaskFailedCause.BadStartTimerAttributes, message);
        }

        if (batch.State.Timers.ContainsKey(attributes.TimerId))
        {
            return new CommandFailure(
                WorkflowTaskFailedCause.StartTimerDuplicateId,
                $"TimerId {attributes.TimerId} is already in use by a timer that has not fired.");
        }

        batch.Draft.Record(EventType.TimerStarted, e =>
        {
            e.TimerStartedEventAttributes = new TimerStartedEventAttributes
            {
                TimerId = attributes.TimerId,
                StartToFireTimeout = attributes.StartToFireTimeout.OrZero().ToProto(),
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static string? Check(StartTimerCommandAttributes? attributes, EngineLimits limits)
    {
        if (attributes is null)
        {
            return "StartTimerCommandAttributes is not set on StartTimerCommand.";
        }

        if (attributes.TimerId.Length == 0)
        {
            return "TimerId is not set on StartTimerCommand.";
        }

        if (attributes.TimerId.Length > limits.MaxIdLength)
        {
            return $"TimerId on StartTimerCommand exceeds length limit. TimerId={attributes.TimerId} "
                + $"Length={attributes.TimerId.Length} Limit={limits.MaxIdLength}";
        }

        return attributes.StartToFireTimeout.OrZero() < TimeSpan.Zero
            ? "An invalid StartToFireTimeout is set on StartTimerCommand: "
                + $"{attributes.StartToFireTimeout}. TimerId={attributes.TimerId}"
            : null;
    }
}
