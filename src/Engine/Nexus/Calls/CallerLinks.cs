using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>By which a handler can point back at who called it.</summary>
internal static class CallerLinks
{
    /// <summary>To the event that scheduled the operation, or to an operation that no workflow called.</summary>
    public static Link ToScheduled(StartOperationCall call, INamespaceDirectory namespaces) => call.IsStandalone
        ? ToStandalone(call, namespaces)
        : ToEvent(call, namespaces);

    public static Temporalio.Api.Nexus.V1.Link Of(StartOperationCall call, INamespaceDirectory namespaces) =>
        NexusLinks.ToWire(ToScheduled(call, namespaces))!;

    /// <summary>The name of a namespace; its id when it is gone.</summary>
    public static string NameOf(NamespaceId id, INamespaceDirectory namespaces) =>
        namespaces.TryFind(id, out var ns) ? ns.Name : id.ToString();

    private static Link ToStandalone(StartOperationCall call, INamespaceDirectory namespaces) => new()
    {
        NexusOperation = new Link.Types.NexusOperation
        {
            Namespace = NameOf(call.Run.Namespace, namespaces),
            OperationId = call.Run.WorkflowId,
            RunId = call.Run.Run.ToString(),
        },
    };

    private static Link ToEvent(StartOperationCall call, INamespaceDirectory namespaces) => new()
    {
        WorkflowEvent = new Link.Types.WorkflowEvent
        {
            Namespace = NameOf(call.Run.Namespace, namespaces),
            WorkflowId = call.Run.WorkflowId,
            RunId = call.Run.Run.ToString(),
            EventRef = new Link.Types.WorkflowEvent.Types.EventReference
            {
                EventId = call.Number,
                EventType = EventType.NexusOperationScheduled,
            },
        },
    };
}
