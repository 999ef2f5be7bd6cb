using AugmentedOS.Engine.Api.Http;
using AugmentedOS.Engine.Api.Http.OpenApi;
using AugmentedOS.Engine.Api.Http.WebUi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Where the HTTP API is found.</summary>
internal static class HttpApiEndpoints
{
    /// <summary>Under which all paths of the API's annotations lie.</summary>
    private static readonly string[] Roots = ["/api/v1/{**path}", "/namespaces/{**path}", "/cluster/{**path}", "/system-info"];

    public static void MapHttpApi(this IEndpointRouteBuilder endpoints, EngineCore core)
    {
        var hosts = new HostGate(core.Limits.HttpAllowedHosts);
        var rpcs = core.Api.HttpRpcs();
        var gateway = new HttpGateway(rpcs);
        var download = new HistoryDownload(rpcs);
        foreach (var root in Roots)
        {
            endpoints.Map(root, Behind(hosts, gateway.RunAsync));
        }

        var documents = new OpenApiGate(core.Api.Admission);
        endpoints.MapGet("/swagger.json", Behind(hosts, documents.ToVersion2(OpenApiPages.SwaggerAsync)));
        endpoints.MapGet("/openapi.yaml", Behind(hosts, documents.ToVersion3(OpenApiPages.OpenApiAsync)));
        endpoints.MapGet("/api/v1/settings", Behind(hosts, UiSettings.RunAsync));
        endpoints.MapGet(
            "/api/v1/namespaces/{namespace}/workflows/{workflow}/run/{run}/history.json", Behind(hosts, download.RunAsync));
    }

    private static RequestDelegate Behind(HostGate hosts, RequestDelegate next) => http => hosts.RunAsync(http, next);
}
