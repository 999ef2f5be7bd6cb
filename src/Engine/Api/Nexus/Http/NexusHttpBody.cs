using System.Collections.Frozen;
using AugmentedOS.Engine.Nexus.Wire;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>What a request carries.</summary>
internal static class NexusHttpBody
{
    private const int MaxBody = 2 * 1024 * 1024;

    /// <summary>Headers that are between servers, not for handlers.</summary>
    private static readonly FrozenSet<string> Withheld = FrozenSet.Create(
        StringComparer.Ordinal,
        "host",
        "accept-encoding",
        "x-forwarded-for",
        "xdc-redirection",
        "xdc-redirection-api",
        NexusHeaderNames.FailureSupport);

    /// <summary>The body; null when it is larger than any that is taken.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBody)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBody)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    /// <summary>The headers that describe the body, in lower case and without their prefix.</summary>
    public static Dictionary<string, string> Content(HttpContext context) =>
        Prefixed(context, NexusHeaderNames.ContentPrefix);

    /// <summary>The headers that are to come back with the completion.</summary>
    public static Dictionary<string, string> Callback(HttpContext context) =>
        Prefixed(context, NexusHeaderNames.CallbackPrefix);

    /// <summary>All other headers, as handlers get them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ForHandler(HttpContext context) => context.Request.Headers
        .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value[0] ?? ""))
        .Where(header => !Withheld.Contains(header.Key)
            && !header.Key.StartsWith(':')
            && !header.Key.StartsWith(NexusHeaderNames.ContentPrefix, StringComparison.Ordinal)
            && !header.Key.StartsWith(NexusHeaderNames.CallbackPrefix, StringComparison.Ordinal));

    private static Dictionary<string, string> Prefixed(HttpContext context, string prefix) => context.Request.Headers
        .Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            header => header.Key[prefix.Length..].ToLowerInvariant(), header => header.Value[0] ?? "", StringComparer.Ordinal);
}
