using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Cli.Replay;

/// <summary>Finds the payloads of histories that a codec has to do with: arguments, results, details, headers, memos
/// and what failures keep back, wherever they stand.</summary>
internal static class HistoryPayloads
{
    private const string EncodingKey = "encoding";

    /// <summary>Of the SDK's core, which no codec gets to see.</summary>
    private const string PatchMarker = "core_patch";
    private const string LocalActivityMarker = "core_local_activity";
    private const string LocalActivityNotes = "data";

    private static readonly string[] Plain =
        ["json/plain", "json/protobuf", "binary/plain", "binary/protobuf", "binary/null"];

    public static List<Payload> Of(IEnumerable<HistoryEvent> history)
    {
        var found = new List<Payload>();
        foreach (var recorded in history)
        {
            if (recorded.MarkerRecordedEventAttributes is { } marker)
            {
                CollectOfMarker(marker, found);
            }
            else
            {
                Collect(recorded, found);
            }
        }

        return found;
    }

    /// <summary>Its encoding, where a codec made it; null for those that the SDK writes itself.</summary>
    public static string? ForeignEncoding(Payload payload) =>
        payload.Metadata.TryGetValue(EncodingKey, out var encoding) && !Plain.Contains(encoding.ToStringUtf8())
            ? encoding.ToStringUtf8()
            : null;

    private static void CollectOfMarker(MarkerRecordedEventAttributes marker, List<Payload> found)
    {
        if (marker.MarkerName == PatchMarker)
        {
            return;
        }

        foreach (var (key, details) in marker.Details)
        {
            if (marker.MarkerName != LocalActivityMarker || key != LocalActivityNotes)
            {
                found.AddRange(details.Payloads_);
            }
        }

        foreach (var part in (IMessage?[])[marker.Header, marker.Failure])
        {
            if (part is not null)
            {
                Collect(part, found);
            }
        }
    }

    private static void Collect(IMessage message, List<Payload> found)
    {
        if (message is Payload payload)
        {
            found.Add(payload);
            return;
        }

        if (message is SearchAttributes)
        {
            return;   // the server reads them
        }

        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message || field.Accessor.GetValue(message) is not { } value)
            {
                continue;
            }

            foreach (var part in PartsOf(value))
            {
                Collect(part, found);
            }
        }
    }

    private static IEnumerable<IMessage> PartsOf(object value) => value switch
    {
        IMessage one => [one],
        IDictionary map => map.Values.OfType<IMessage>(),
        IEnumerable list => list.OfType<IMessage>(),
        _ => [],
    };
}
