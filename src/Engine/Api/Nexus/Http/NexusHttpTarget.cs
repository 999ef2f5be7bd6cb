using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>Whose workers a request is for.</summary>
internal sealed record NexusHttpTarget(NamespaceInfo Namespace, string TaskQueue, string EndpointName)
{
    private const int MaxNameLength = 1000;

    /// <summary>By namespace and task queue.</summary>
    public static HandlerRefusal? Find(
        string ns, string taskQueue, INamespaceDirectory namespaces, out NexusHttpTarget target)
    {
        target = null!;
        if (Utf8Length.Of(ns) > MaxNameLength)
        {
            return HandlerRefusal.BadRequest("Namespace length exceeds limit.");
        }

        if (!namespaces.TryFind(ns, out var found))
        {
            return HandlerRefusal.NotFound($"namespace not found: \"{ns}\"");
        }

        target = new NexusHttpTarget(found, taskQueue, "");
        return target.CheckState();
    }

    /// <summary>By endpoint. Only workers of this engine are reached through it, not servers elsewhere.</summary>
    public static HandlerRefusal? Find(
        string endpointId, INexusEndpoints endpoints, INamespaceDirectory namespaces, out NexusHttpTarget target)
    {
        target = null!;
        if (!Guid.TryParse(endpointId, out var id) || !endpoints.TryFind(id, out var endpoint))
        {
            return HandlerRefusal.NotFound("nexus endpoint not found") with
            {
                Retry = NexusHandlerErrorRetryBehavior.NonRetryable,
            };
        }

        if (endpoint.TargetNamespace is not { } ns)
        {
            return HandlerRefusal.BadRequest("invalid endpoint target");
        }

        if (!namespaces.TryFind(ns, out var found))
        {
            return HandlerRefusal.NotFound("invalid endpoint target") with
            {
                Retry = NexusHandlerErrorRetryBehavior.Retryable,
            };
        }

        target = new NexusHttpTarget(found, endpoint.TaskQueue, endpoint.Name);
        return target.CheckState();
    }

    private HandlerRefusal? CheckState() => Namespace.State is NamespaceState.Registered or NamespaceState.Deprecated
        ? null
        : HandlerRefusal.BadRequest("bad request");
}
