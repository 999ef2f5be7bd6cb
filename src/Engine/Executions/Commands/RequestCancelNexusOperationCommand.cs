using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Asks a Nexus operation to stop. It ends only when its handler says so.</summary>
internal static class RequestCancelNexusOperationCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.RequestCancelNexusOperationCommandAttributes;
        if (attributes is null)
        {
            return Bad("empty CancelNexusOperationCommandAttributes");
        }

        var scheduledEventId = attributes.ScheduledEventId;
        var operation = batch.State.Nexus.Operations.GetValueOrDefault(scheduledEventId);
        if (operation is null && !HasEndedInBuffer(batch.State, scheduledEventId))
        {
            return Bad("requested cancelation for a non-existing or already completed operation with scheduled event ID"
                + $" of {scheduledEventId}");
        }

        if (operation?.Cancellation is not null)
        {
            return Bad(
                $"cancelation was already requested for an operation with scheduled event ID {scheduledEventId}");
        }

        batch.Draft.Record(EventType.NexusOperationCancelRequested, e =>
        {
            e.NexusOperationCancelRequestedEventAttributes = new NexusOperationCancelRequestedEventAttributes
            {
                ScheduledEventId = scheduledEventId,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    /// <summary>It ended while this task was worked on; the workflow will see the end after this request.</summary>
    private static bool HasEndedInBuffer(RunState state, long scheduledEventId) => state.Buffered.Any(e =>
        (e.NexusOperationCompletedEventAttributes?.ScheduledEventId
        ?? e.NexusOperationFailedEventAttributes?.ScheduledEventId
        ?? e.NexusOperationCanceledEventAttributes?.ScheduledEventId
        ?? e.NexusOperationTimedOutEventAttributes?.ScheduledEventId) == scheduledEventId);

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadRequestCancelNexusOperationAttributes, message);
}
