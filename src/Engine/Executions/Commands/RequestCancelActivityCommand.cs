using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Asks an activity to stop. One that no worker has is cancelled on the spot.</summary>
internal static class RequestCancelActivityCommand
{
    private static readonly Payloads NotStarted = new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFromUtf8("\"ACTIVITY_ID_NOT_STARTED\""),
            },
        },
    };

    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.RequestCancelActivityTaskCommandAttributes;
        if (attributes is null)
        {
            return Bad("RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand.");
        }

        var scheduledEventId = attributes.ScheduledEventId;
        if (scheduledEventId <= 0)
        {
            return Bad("ScheduledEventId is not set on RequestCancelActivityTaskCommand.");
        }

        var activity = batch.State.Activities.GetValueOrDefault(scheduledEventId);
        if (activity is null && !HasEndedInBuffer(batch.State, scheduledEventId))
        {
            return Bad($"ScheduledEventId {scheduledEventId} is not that of an activity that has not ended.");
        }

        if (activity is { CancelRequestedEventId: not 0 })
        {
            return Bad($"The activity of ScheduledEventId {scheduledEventId} was asked to cancel before.");
        }

        batch.Draft.Record(EventType.ActivityTaskCancelRequested, e =>
        {
            e.ActivityTaskCancelRequestedEventAttributes = new ActivityTaskCancelRequestedEventAttributes
            {
                ScheduledEventId = scheduledEventId,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
            e.UserMetadata = command.UserMetadata;
        });
        if (activity is { IsStarted: false })
        {
            // The workflow has to hear of an end that nobody else will report.
            ActivityClosing.Cancel(
                batch.Draft, batch.State.Activities[scheduledEventId], NotStarted, batch.Identity);
            batch.NeedsNewTask = true;
        }

        return null;
    }

    /// <summary>It ended while this task was worked on; the workflow will see the end after this request.</summary>
    private static bool HasEndedInBuffer(RunState state, long scheduledEventId) => state.Buffered.Any(e =>
        (e.ActivityTaskCompletedEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskFailedEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskTimedOutEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskCanceledEventAttributes?.ScheduledEventId) == scheduledEventId);

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, message);
}
