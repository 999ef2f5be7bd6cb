using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Api.Admission;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>Lets requests for the API's documents in by the engine's rate, under the names that a Temporal server gives
/// them.</summary>
internal sealed class OpenApiGate(CallAdmission admission)
{
    private const string Service = "temporal.api.openapi.v1.OpenAPIService";

    public RequestDelegate ToVersion2(RequestDelegate next) => Before("GetOpenAPIV2Docs", next);

    public RequestDelegate ToVersion3(RequestDelegate next) => Before("GetOpenAPIV3Docs", next);

    private RequestDelegate Before(string name, RequestDelegate next)
    {
        var method = MethodTable.Find(Service, name);
        return http => EnterAsync(http, method, next);
    }

    private async Task EnterAsync(HttpContext http, MethodProfile? method, RequestDelegate next)
    {
        var headers = new CallerHeaders(http);
        var entry = await admission.EnterAsync(method, "", waits: false, headers).ConfigureAwait(false);
        var outcome = entry.Refusal?.Code ?? StatusCode.OK;
        try
        {
            if (entry.Refusal is null)
            {
                await next(http).ConfigureAwait(false);
                return;
            }

            http.Response.StatusCode = outcome == StatusCode.ResourceExhausted
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status403Forbidden;
        }
        finally
        {
            admission.Leave(entry, headers, http.Request.Path.Value ?? "", outcome);
        }
    }
}
