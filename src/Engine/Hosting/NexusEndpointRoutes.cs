using AugmentedOS.Engine.Api.Nexus.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The paths of Nexus on the HTTP port.</summary>
internal static class NexusEndpointRoutes
{
    public static void MapNexus(this IEndpointRouteBuilder endpoints, EngineCore core)
    {
        var requests = new NexusHttpApi(core.Nexus, core.Namespaces, core.Limits, core.Time);
        var completions = new NexusCompletionApi(core.Nexus, core.Time);
        var gate = new NexusGate(core.Api.Admission, core.Nexus, core.Namespaces);
        endpoints.Map(
            "/namespaces/{namespace}/task-queues/{queue}/nexus-services/{**rest}", gate.ToTaskQueue(requests.ByTaskQueueAsync));
        endpoints.Map("/nexus/endpoints/{endpoint}/services/{**rest}", gate.ToEndpoint(requests.ByEndpointAsync));
        endpoints.Map("/namespaces/{namespace}/nexus/callback", gate.ToNamespace(completions.InNamespaceAsync));
        endpoints.Map("/nexus/callback", gate.ToOperation(completions.AnywhereAsync));
    }
}
