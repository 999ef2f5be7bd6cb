using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Which callbacks may be called when a workflow ends.</summary>
internal static class StartCallbacks
{
    private const int MaxCount = 32;
    private const int MaxUrlLength = 1000;
    private const int MaxHeaderSize = 8 * 1024;

    /// <summary>What is wrong with them, word for word; null when nothing is.</summary>
    public static string? Problem(IReadOnlyCollection<Callback> callbacks)
    {
        if (callbacks.Count > MaxCount)
        {
            return $"cannot attach more than {MaxCount} callbacks to a workflow";
        }

        return callbacks
            .Where(c => c.VariantCase != Callback.VariantOneofCase.Internal)
            .Select(c => c.Nexus is { } nexus ? Problem(nexus) : $"unknown callback variant: {c.VariantCase}")
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(Callback.Types.Nexus callback)
    {
        if (Utf8Length.Of(callback.Url) > MaxUrlLength)
        {
            return $"invalid url: url length longer than max length allowed of {MaxUrlLength}";
        }

        var size = callback.Header.Sum(h => Utf8Length.Of(h.Key) + Utf8Length.Of(h.Value));
        return Address(callback.Url) ?? (size > MaxHeaderSize
            ? $"invalid header: header size longer than max allowed size of {MaxHeaderSize}"
            : null);
    }

    /// <summary>The engine calls only itself: no other address is configured.</summary>
    private static string? Address(string url)
    {
        if (url is "temporal://system" or "temporal://internal")
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return $"invalid url: unknown scheme: {url}";
        }

        return address.Host.Length == 0
            ? "invalid url: missing host"
            : $"invalid url: url does not match any configured callback address: {url}";
    }
}
