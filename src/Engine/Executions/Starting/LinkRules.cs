using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Which links a request may carry.</summary>
internal static class LinkRules
{
    private const int MaxCount = 10;
    private const int MaxSize = 4000;

    /// <summary>What is wrong with a request's links and those of its callbacks, word for word; null when nothing
    /// is.</summary>
    public static string? Problem(IEnumerable<Link> links, IEnumerable<Callback>? callbacks = null)
    {
        var attached = callbacks?.ToList() ?? [];
        var all = Own(links, attached).Concat(attached.SelectMany(c => c.Links)).ToList();
        return all.Count > MaxCount
            ? $"cannot attach more than {MaxCount} links per request, got {all.Count}"
            : all.Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>A request's links but for those that a callback carries too: the callback's count.</summary>
    public static IEnumerable<Link> Own(IEnumerable<Link> links, IReadOnlyCollection<Callback> callbacks) =>
        callbacks.Count == 0 ? links : links.Where(l => !callbacks.Any(c => c.Links.Contains(l)));

    /// <summary>Leaves the request with its own links.</summary>
    public static void DropRepeated(RepeatedField<Link> links, IReadOnlyCollection<Callback> callbacks)
    {
        var own = Own(links, callbacks).ToList();
        if (own.Count < links.Count)
        {
            links.Clear();
            links.AddRange(own);
        }
    }

    private static string? Problem(Link link)
    {
        var size = link.CalculateSize();
        if (size > MaxSize)
        {
            return $"link exceeds allowed size of {MaxSize}, got {size}";
        }

        return link.VariantCase switch
        {
            Link.VariantOneofCase.WorkflowEvent => Problem(link.WorkflowEvent),
            Link.VariantOneofCase.BatchJob when link.BatchJob.JobId.Length == 0 =>
                "batch job link must not have an empty job ID",
            Link.VariantOneofCase.BatchJob or Link.VariantOneofCase.Activity
                or Link.VariantOneofCase.NexusOperation or Link.VariantOneofCase.Workflow => null,
            _ => "unsupported link variant",
        };
    }

    private static string? Problem(Link.Types.WorkflowEvent link)
    {
        var empty = link switch
        {
            { Namespace.Length: 0 } => "namespace",
            { WorkflowId.Length: 0 } => "workflow ID",
            { RunId.Length: 0 } => "run ID",
            _ => null,
        };
        if (empty is not null)
        {
            return $"workflow event link must not have an empty {empty} field";
        }

        return link.EventRef is { EventId: not 0, EventType: EventType.Unspecified }
            ? "workflow event link ref cannot have an unspecified event type and a non-zero event ID"
            : null;
    }
}
