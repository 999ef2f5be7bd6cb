using System.Text.Json;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>The mark that a patch left in a history.</summary>
/// <param name="PatchId">The patch.</param>
/// <param name="IsDeprecated">Whether code that had deprecated the patch left it: then it replays without the patch
/// too.
/// </param>
/// <param name="EventId">The event.</param>
public sealed record PatchMarker(string PatchId, bool IsDeprecated, long EventId)
{
    /// <summary>What the SDKs on Temporal's core call their patch markers.</summary>
    internal const string MarkerName = "core_patch";

    private const string DetailsKey = "patch-data";

    /// <summary>All that are in a history, in its order. Markers of SDKs that have another way of versioning (Go, Java)
    /// are none of these.</summary>
    public static IReadOnlyList<PatchMarker> ReadAll(WorkflowHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return [.. history.Events.Select(Read).OfType<PatchMarker>()];
    }

    /// <summary>The mark that an event is; null for every other event.</summary>
    public static PatchMarker? Read(HistoryEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.MarkerRecordedEventAttributes is not { MarkerName: MarkerName } marker
            || !marker.Details.TryGetValue(DetailsKey, out var details)
            || details.Payloads_ is not [var payload, ..])
        {
            return null;
        }

        using var json = JsonDocument.Parse(payload.Data.Memory);
        return new PatchMarker(
            json.RootElement.GetProperty("id").GetString()!,
            json.RootElement.TryGetProperty("deprecated", out var deprecated) && deprecated.GetBoolean(),
            recorded.EventId);
    }
}
