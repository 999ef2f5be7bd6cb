using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Which callbacks may be called when a workflow ends.</summary>
internal static class StartCallbacks
{
    /// <summary>What is wrong with them, word for word; null when nothing is.</summary>
    public static string? Problem(IReadOnlyCollection<Callback> callbacks, EngineLimits limits)
    {
        if (callbacks.Count > limits.MaxCallbacks)
        {
            return $"cannot attach more than {limits.MaxCallbacks} callbacks to a workflow";
        }

        return callbacks
            .Where(c => c.VariantCase != Callback.VariantOneofCase.Internal)
            .Select(c => c.Nexus is { } nexus ? Problem(nexus, limits) : $"unknown callback variant: {c.VariantCase}")
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(Callback.Types.Nexus callback, EngineLimits limits)
    {
        if (Utf8Length.Of(callback.Url) > limits.MaxCallbackUrlLength)
        {
            return $"invalid url: url length longer than max length allowed of {limits.MaxCallbackUrlLength}";
        }

        var size = callback.Header.Sum(h => Utf8Length.Of(h.Key) + Utf8Length.Of(h.Value));
        return Address(callback.Url, limits) ?? (size > limits.MaxCallbackHeaderSize
            ? $"invalid header: header size longer than max allowed size of {limits.MaxCallbackHeaderSize}"
            : null);
    }

    /// <summary>The engine always calls itself; others where it is allowed to.</summary>
    private static string? Address(string url, EngineLimits limits)
    {
        if (url is "temporal://system" or "temporal://internal")
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return $"invalid url: unknown scheme: {url}";
        }

        return address.Host.Length == 0 ? "invalid url: missing host" : limits.CallbackAddresses.Problem(address);
    }

    /// <summary>Callbacks as they are kept: the names of their headers know no case.</summary>
    public static IEnumerable<Callback> Normalize(IEnumerable<Callback> callbacks) => callbacks.Select(callback =>
    {
        if (callback.Nexus is not { } nexus || !nexus.Header.Keys.Any(key => key.Any(char.IsUpper)))
        {
            return callback;
        }

        var kept = callback.Clone();
        kept.Nexus.Header.Clear();
        NexusHeaders.CopyInLowerCase(nexus.Header, kept.Nexus.Header);
        return kept;
    });
}
