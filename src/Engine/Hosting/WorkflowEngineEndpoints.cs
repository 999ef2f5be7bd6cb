using AugmentedOS.Engine.Api.Binding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Maps the engine into an application.</summary>
public static class WorkflowEngineEndpoints
{
    /// <summary>Serves the engine's gRPC API from this application's own endpoints. The application needs
    /// <see cref="WorkflowEngineServices.AddWorkflowEngine"/>, usually with <see cref="WorkflowEngineOptions.Port"/>
    /// null, and an HTTP/2 endpoint.</summary>
    /// <exception cref="EngineStartException">The options are wrong or the file cannot be opened.</exception>
    public static IEndpointRouteBuilder MapWorkflowEngine(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGrpcService<WorkflowRpcs>();
        endpoints.MapGrpcService<OperatorRpcs>();
        endpoints.MapGrpcService<EngineHealthService>();
        endpoints.MapGrpcService<EngineReflectionService>();
        endpoints.MapGrpcService<EngineReflectionAlphaService>();
        if (endpoints.ServiceProvider.GetRequiredService<EngineCore>().Clocks.Skipping is not null)
        {
            endpoints.MapGrpcService<TestRpcs>();
        }

        return endpoints;
    }

    /// <summary>Serves the engine's HTTP/JSON API from this application's own endpoints: under <c>/api/v1</c>, and the older
    /// paths beside it. The application needs <see cref="WorkflowEngineServices.AddWorkflowEngine"/>; its own middleware
    /// stands before the API, which still asks for what <see cref="WorkflowEngineOptions.Access"/> asks.</summary>
    /// <exception cref="EngineStartException">The options are wrong or the file cannot be opened.</exception>
    public static IEndpointRouteBuilder MapWorkflowEngineHttpApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHttpApi(endpoints.ServiceProvider.GetRequiredService<EngineCore>());
        return endpoints;
    }
}
