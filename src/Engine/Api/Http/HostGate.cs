using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>Which callers' browsers may come in: only under the names that this server is known by, and not on behalf of
/// another site's page.</summary>
internal sealed class HostGate
{
    private readonly Regex? _allowed;

    /// <param name="hosts">Host names, with <c>*</c> for any text; none allows all.</param>
    public HostGate(IReadOnlyCollection<string> hosts) => _allowed = hosts.Count == 0
        ? null
        : new Regex(
            $"^({string.Join('|', hosts.Select(host => Regex.Escape(host).Replace("\\*", ".*", StringComparison.Ordinal)))})$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

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
        _allowed is null || _allowed.IsMatch(host.Host) || _allowed.IsMatch(host.Value ?? "");

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
