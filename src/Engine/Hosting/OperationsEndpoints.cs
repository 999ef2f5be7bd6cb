using AugmentedOS.Engine.Hosting.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AugmentedOS.Engine.Hosting;

/// <summary>What load balancers and monitoring ask over plain HTTP.</summary>
internal static class OperationsEndpoints
{
    private const string Text = "text/plain; charset=utf-8";

    public static bool Has(PathString path) => path.Value is "/healthz" or "/readyz" or "/metrics";

    public static void MapOperations(this IEndpointRouteBuilder endpoints, EngineCore core)
    {
        _ = core.Metrics.Value;
        endpoints.MapGet("/healthz", static context => WriteAsync(context, StatusCodes.Status200OK, "ok\n"));
        endpoints.MapGet("/readyz", context => core.Readiness.Problem is { } problem
            ? WriteAsync(context, StatusCodes.Status503ServiceUnavailable, problem + "\n")
            : WriteAsync(context, StatusCodes.Status200OK, "ready\n"));
        endpoints.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(core.Metrics.Value.Export());
        });
    }

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Text;
        return context.Response.WriteAsync(text);
    }
}
