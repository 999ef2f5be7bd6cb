using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Api.Admission;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>Lets Nexus requests over HTTP in by the rules for every call: who it is and whether it may, how many, how often;
/// and records them.</summary>
internal sealed class NexusGate(CallAdmission admission, NexusServices nexus, INamespaceDirectory namespaces)
{
    /// <summary>The name that a Temporal server's authorizers know for these requests.</summary>
    private const string Service = "temporal.api.nexusservice.v1.NexusService";

    public RequestDelegate ToTaskQueue(RequestDelegate next) => Before("DispatchByNamespaceAndTaskQueue", InPath, next);

    public RequestDelegate ToEndpoint(RequestDelegate next) => Before("DispatchByEndpoint", OfEndpoint, next);

    public RequestDelegate ToNamespace(RequestDelegate next) => Before("CompleteNexusOperation", InPath, next);

    public RequestDelegate ToOperation(RequestDelegate next) => Before("CompleteNexusOperation", OfToken, next);

    private RequestDelegate Before(string name, Func<HttpContext, string> namespaceOf, RequestDelegate next)
    {
        var method = MethodTable.Find(Service, name);
        return http => EnterAsync(http, method, namespaceOf(http), next);
    }

    private async Task EnterAsync(HttpContext http, MethodProfile? method, string ns, RequestDelegate next)
    {
        var headers = new CallerHeaders(http);
        var entry = await admission.EnterAsync(method, ns, method?.Waits is true, headers).ConfigureAwait(false);
        try
        {
            if (entry.Refusal is not { } refusal)
            {
                await next(http).ConfigureAwait(false);
                return;
            }

            var isTold = refusal.Code == StatusCode.ResourceExhausted;
            await new NexusHttpAnswer(http).WriteErrorAsync(HandlerRefusal.From(refusal, isTold)).ConfigureAwait(false);
        }
        finally
        {
            admission.Leave(entry, headers, http.Request.Path.Value ?? "", OutcomeOf(http.Response.StatusCode));
        }
    }

    private static string InPath(HttpContext http) => NexusHttpPath.Segments(http) is [_, var ns, ..] ? ns : "";

    private string OfEndpoint(HttpContext http) =>
        NexusHttpPath.Segments(http) is [_, _, var id, ..]
        && Guid.TryParse(id, out var parsed)
        && nexus.Endpoints.TryFind(parsed, out var endpoint)
        && endpoint.TargetNamespace is { } ns
            ? NameOf(ns)
            : "";

    private string OfToken(HttpContext http) =>
        CallbackToken.TryDecode(http.Request.Headers[NexusHeaderNames.CallbackToken].ToString(), out var token)
            ? NameOf(token.Run.Namespace)
            : "";

    private string NameOf(NamespaceId ns) => namespaces.TryFind(ns, out var found) ? found.Name : "";

    /// <summary>Audit records say it in the words of RPCs.</summary>
    private static StatusCode OutcomeOf(int status) => status switch
    {
        < StatusCodes.Status400BadRequest or StatusCodes.Status424FailedDependency => StatusCode.OK,
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound => StatusCode.NotFound,
        StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
