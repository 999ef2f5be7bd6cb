using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>What is wrong with a worker's message, word for word; null when nothing is.</summary>
internal static class MessageRules
{
    public static string? Problem(Acceptance acceptance)
    {
        if (acceptance.AcceptedRequestSequencingEventId == 0)
        {
            return NotSet("Acceptance", "accepted_request_sequencing_event_id");
        }

        return acceptance.AcceptedRequestMessageId.Length == 0
            ? NotSet("Acceptance", "accepted_request_message_id")
            : null;
    }

    public static string? Problem(Response response, string updateId)
    {
        if (response.Meta is not { } meta)
        {
            return NotSet("Response", "meta");
        }

        if (meta.UpdateId.Length == 0)
        {
            return NotSet("Response", "meta.update_id");
        }

        if (meta.UpdateId != updateId)
        {
            return $"invalid *update.Response: meta.update_id != {updateId}";
        }

        return response.Outcome is null ? NotSet("Response", "outcome") : null;
    }

    private static string NotSet(string message, string field) => $"invalid *update.{message}: {field} is not set";
}
