using System.Collections.Specialized;
using System.Globalization;
using System.Reflection;
using System.Web;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using WireLink = Temporalio.Api.Nexus.V1.Link;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Links as Nexus carries them: an address and the name of the message that it stands for.</summary>
internal static class NexusLinks
{
    private const string Scheme = "temporal:///";
    private const string EventReference = "EventReference";
    private const string RequestIdReference = "RequestIdReference";

    private static readonly string EventLink = Link.Types.WorkflowEvent.Descriptor.FullName;
    private static readonly string WorkflowLink = Link.Types.Workflow.Descriptor.FullName;
    private static readonly string ActivityLink = Link.Types.Activity.Descriptor.FullName;
    private static readonly string OperationLink = Link.Types.NexusOperation.Descriptor.FullName;

    private static readonly Dictionary<string, EventType> EventTypes = typeof(EventType)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .SelectMany(field => new[]
        {
            KeyValuePair.Create(field.Name, (EventType)field.GetValue(null)!),
            KeyValuePair.Create(
                field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name, (EventType)field.GetValue(null)!),
        })
        .DistinctBy(pair => pair.Key)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The link as it travels; null when it is of a kind that does not.</summary>
    public static WireLink? ToWire(Link link) => link.VariantCase switch
    {
        Link.VariantOneofCase.WorkflowEvent => new WireLink { Url = ToUrl(link.WorkflowEvent), Type = EventLink },
        Link.VariantOneofCase.Activity => new WireLink
        {
            Url = Path(link.Activity.Namespace, "activities", link.Activity.ActivityId, link.Activity.RunId, "details"),
            Type = ActivityLink,
        },
        Link.VariantOneofCase.NexusOperation => new WireLink
        {
            Url = Path(
                link.NexusOperation.Namespace,
                "nexus-operations",
                link.NexusOperation.OperationId,
                link.NexusOperation.RunId,
                "details"),
            Type = OperationLink,
        },
        _ => null,
    };

    /// <summary>The links that say something; others are passed over, for nothing rests on them.</summary>
    public static List<Link> FromWire(IEnumerable<WireLink> links) =>
        [.. links.Select(FromWire).OfType<Link>()];

    private static Link? FromWire(WireLink wire)
    {
        if (!wire.Url.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var question = wire.Url.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? wire.Url[Scheme.Length..] : wire.Url[Scheme.Length..question];
        var parts = path.Split('/');
        if (parts.Length != 6 || parts[0] != "namespaces")
        {
            return null;
        }

        var (ns, id, run) = (Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[3]),
            Uri.UnescapeDataString(parts[4]));
        return (wire.Type, parts[2], parts[5]) switch
        {
            (var type, "workflows", "history") when type == EventLink =>
                FromQuery(new() { Namespace = ns, WorkflowId = id, RunId = run }, question < 0 ? "" : wire.Url[question..]),
            (var type, "workflows", "history") when type == WorkflowLink => new Link
            {
                Workflow = new Link.Types.Workflow { Namespace = ns, WorkflowId = id, RunId = run },
            },
            (var type, "activities", "details") when type == ActivityLink => new Link
            {
                Activity = new Link.Types.Activity { Namespace = ns, ActivityId = id, RunId = run },
            },
            _ => null,
        };
    }

    private static Link? FromQuery(Link.Types.WorkflowEvent link, string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        if (!EventTypes.TryGetValue(values["eventType"] ?? "", out var type))
        {
            return null;
        }

        switch (values["referenceType"])
        {
            case EventReference when TryReadEventId(values, out var eventId):
                link.EventRef = new Link.Types.WorkflowEvent.Types.EventReference { EventId = eventId, EventType = type };
                return new Link { WorkflowEvent = link };
            case RequestIdReference:
                link.RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference
                {
                    RequestId = values["requestID"] ?? "",
                    EventType = type,
                };
                return new Link { WorkflowEvent = link };
            default:
                return null;
        }
    }

    private static bool TryReadEventId(NameValueCollection values, out long eventId)
    {
        eventId = 0;
        return values["eventID"] is not { Length: > 0 } text
            || long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out eventId);
    }

    private static string ToUrl(Link.Types.WorkflowEvent link)
    {
        var url = Path(link.Namespace, "workflows", link.WorkflowId, link.RunId, "history");
        return link.ReferenceCase switch
        {
            Link.Types.WorkflowEvent.ReferenceOneofCase.EventRef =>
                $"{url}?{(link.EventRef.EventId > 0 ? $"eventID={link.EventRef.EventId}&" : "")}"
                + $"eventType={link.EventRef.EventType}&referenceType={EventReference}",
            Link.Types.WorkflowEvent.ReferenceOneofCase.RequestIdRef =>
                $"{url}?eventType={link.RequestIdRef.EventType}&referenceType={RequestIdReference}"
                + $"&requestID={Uri.EscapeDataString(link.RequestIdRef.RequestId)}",
            _ => url,
        };
    }

    private static string Path(string ns, string kind, string id, string run, string view) =>
        $"{Scheme}namespaces/{Uri.EscapeDataString(ns)}/{kind}/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(run)}/{view}";
}
