using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The event by which a workflow takes an update on.</summary>
internal static class AcceptedUpdate
{
    /// <param name="waiting">The update as memory has it; null when it is known by its ADMITTED event only.</param>
    public static void Record(Draft draft, string id, InFlightUpdate? waiting, long sequencingEventId)
    {
        draft.Record(EventType.WorkflowExecutionUpdateAccepted, e =>
        {
            e.WorkflowExecutionUpdateAcceptedEventAttributes = new WorkflowExecutionUpdateAcceptedEventAttributes
            {
                ProtocolInstanceId = id,
                AcceptedRequestMessageId = UpdateDelivery.RequestMessageId(id),
                AcceptedRequestSequencingEventId = sequencingEventId,

                // None where an ADMITTED event has it already.
                AcceptedRequest = waiting?.Request,
            };
            e.Links.AddRange(
                waiting?.Request?.CompletionCallbacks.Where(c => c.Nexus is not null).SelectMany(c => c.Links) ?? []);
        });
        if (waiting is not null)
        {
            UpdateCallbacks.Record(draft, waiting);
        }
    }
}
