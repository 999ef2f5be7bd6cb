using System.Text.Json;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Workflows.ParkingLot.Histories;

/// <summary>Local activities in history: a marker for each, written by the SDK's core when it ended.</summary>
internal static class LocalActivities
{
    private const string MarkerName = "core_local_activity";
    private const string DataKey = "data";

    public static bool Is(HistoryEvent e) => e.MarkerRecordedEventAttributes?.MarkerName == MarkerName;

    /// <summary>What the local activity failed with; null where it did not fail, or the event is another.</summary>
    public static Failure? FailureOf(HistoryEvent e) => Is(e) ? e.MarkerRecordedEventAttributes.Failure : null;

    /// <summary>What the core noted of it. The notes are the core's own: what is not there, or not as expected, is not
    /// known.</summary>
    public static (string Type, string Id, int Attempts) Notes(HistoryEvent e)
    {
        var payloads = e.MarkerRecordedEventAttributes.Details.TryGetValue(DataKey, out var data) ? data.Payloads_ : [];
        if (payloads.Count == 0)
        {
            return ("?", "?", 1);
        }

        try
        {
            using var notes = JsonDocument.Parse(payloads[0].Data.Memory);
            return (Text(notes, "activity_type"), Text(notes, "activity_id"), Number(notes, "attempt"));
        }
        catch (JsonException)
        {
            // Encrypted, or another format.
            return ("?", "?", 1);
        }
    }

    private static string Text(JsonDocument notes, string name) =>
        notes.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "?";

    private static int Number(JsonDocument notes, string name) =>
        notes.RootElement.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 1;
}
