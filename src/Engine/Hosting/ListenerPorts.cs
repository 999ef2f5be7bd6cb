using System.Net;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Which of the engine's ports serves what. All share one web server; a request that came in by the wrong door
/// finds nothing there.</summary>
internal sealed class ListenerPorts(WorkflowEngineOptions options)
{
    private int? _http;
    private int? _metrics;

    /// <summary>The ports that are asked for, in the order in which they are opened.</summary>
    public IEnumerable<int> Wanted => new[] { options.Port, options.HttpPort, options.MetricsPort }.OfType<int>();

    /// <summary>Takes the addresses that were opened, in the order of <see cref="Wanted"/>.</summary>
    public (string? Grpc, string? Http, string? Metrics) Opened(IReadOnlyList<string> addresses)
    {
        var next = 0;
        var grpc = options.Port is null ? null : addresses[next++];
        var http = options.HttpPort is null ? null : addresses[next++];
        var metrics = options.MetricsPort is null ? http : addresses[next];
        _http = PortOf(http);
        _metrics = PortOf(metrics);
        return (grpc, http, metrics);
    }

    public Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true)
        {
            return next(context);
        }

        var isOperations = OperationsEndpoints.Has(context.Request.Path);
        if (context.Connection.LocalPort != (isOperations ? _metrics : _http))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (isOperations || !options.Tls.RequireClientCertificate || context.Connection.ClientCertificate is not null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static int? PortOf(string? address) => address is null ? null : IPEndPoint.Parse(address).Port;
}
