using AugmentedOS.Engine.Api.Http.Json;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>Which JSON a caller sends and which it wants.</summary>
internal static class RequestForms
{
    private const string Pretty = "pretty";
    private const string NoShorthand = "noPayloadShorthand";

    public static JsonForm Sent(HttpRequest request) => JsonForm.Of(request.ContentType) ?? JsonForm.Default;

    /// <summary>What the query says, else the <c>Accept</c> header, else as it was sent.</summary>
    /// <remarks>Temporal's web UI reads payloads in full and does not ask for it, because the server that it usually
    /// talks to knows no other form; it is known by its caller type.</remarks>
    public static JsonForm Wanted(HttpRequest request)
    {
        var isPretty = request.Query.ContainsKey(Pretty);
        var isFull = request.Query.ContainsKey(NoShorthand);
        if (isPretty || isFull)
        {
            return new JsonForm(isPretty, !isFull);
        }

        var named = JsonForm.Of(request.Headers.Accept) ?? Sent(request);
        return request.Headers["Caller-Type"] == "operator" ? named with { HasShorthand = false } : named;
    }
}
