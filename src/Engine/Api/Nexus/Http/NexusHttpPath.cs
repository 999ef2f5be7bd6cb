using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>The segments of a request's path as they were sent: an escaped slash belongs to its segment.</summary>
internal static class NexusHttpPath
{
    /// <summary>Unescaped segments; null when an escape makes no sense.</summary>
    public static string[]? Segments(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var path = (query < 0 ? raw : raw[..query]).TrimStart('/');
        var segments = path.Split('/');
        return segments.All(IsEscapedWell) ? [.. segments.Select(Uri.UnescapeDataString)] : null;
    }

    private static bool IsEscapedWell(string segment)
    {
        for (var at = segment.IndexOf('%', StringComparison.Ordinal);
             at >= 0;
             at = segment.IndexOf('%', at + 1))
        {
            var isEscape = at + 2 < segment.Length
                && char.IsAsciiHexDigit(segment[at + 1]) && char.IsAsciiHexDigit(segment[at + 2]);
            if (!isEscape)
            {
                return false;
            }
        }

        return true;
    }
}
