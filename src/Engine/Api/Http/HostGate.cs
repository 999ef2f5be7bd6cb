using AugmentedOS.Engine.Executions;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>Which callers' browsers may come in: only under the names that this server is known by, and not on behalf of
/// another site's page.</summary>
internal sealed class HostGate(HostPatterns hosts)
{
    /// <summary>Lets the request through to <paramref name="next"/>, or answers 403.</summary>
    public Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsAllowed(http.Request.Host))
        {
            return RefuseAsync(http, "Host not allowed");
        }

        return IsFromAnotherSite(http.Request) ? RefuseAsync(http, "Cross-site request not allowed") : next(http);
    }

    private bool IsAllowed(HostString host) =>
        hosts.Matches(host.Host) || hosts.Matches(host.Value ?? "");

    /// <summary>A page of another site can make a browser post to this machine, with no reading of the answer but with
    /// its effect. Browsers say so themselves.</summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"] == "cross-site";

    private static Task RefuseAsync(HttpContext http, string why)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($"{{\"code\": 7, \"message\": \"{why}\"}}");
    }
}
