using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Links that answers carry, so that a caller can point at what its request caused.</summary>
internal static class EventLinks
{
    /// <summary>To an event whose id is known.</summary>
    public static Link ToEvent(RunKey run, DecisionContext context, long eventId, EventType type)
    {
        var link = ToRun(run, context);
        link.WorkflowEvent.EventRef = new Link.Types.WorkflowEvent.Types.EventReference
        {
            EventId = eventId,
            EventType = type,
        };
        return link;
    }

    /// <summary>To an event that may still be buffered, and so is known by the request that caused it.</summary>
    public static Link ToRequest(RunKey run, DecisionContext context, string requestId, EventType type)
    {
        var link = ToRun(run, context);
        link.WorkflowEvent.RequestIdRef = new Link.Types.WorkflowEvent.Types.RequestIdReference
        {
            RequestId = requestId,
            EventType = type,
        };
        return link;
    }

    private static Link ToRun(RunKey run, DecisionContext context) => new()
    {
        WorkflowEvent = new Link.Types.WorkflowEvent
        {
            Namespace = context.Namespaces.TryFind(run.Namespace, out var ns) ? ns.Name : "",
            WorkflowId = run.WorkflowId,
            RunId = run.Run.ToString(),
        },
    };
}
