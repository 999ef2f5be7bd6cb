using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Quotas;

/// <summary>How much may be asked. Zero stands for no limit.</summary>
internal sealed record QuotaLimits(
    int Calls, int NamespaceCalls, double NamespaceBurst, int NamespaceLists, double NamespaceListsBurst, int NamespaceWaits)
{
    /// <summary>Where a namespace has limits of its own: by its name.</summary>
    public ImmutableDictionary<string, QuotaLimits> OfNamespaces { get; private init; } =
        ImmutableDictionary<string, QuotaLimits>.Empty;

    public bool AreNone =>
        this is { Calls: 0, NamespaceCalls: 0, NamespaceLists: 0, NamespaceWaits: 0 }
        && OfNamespaces.Values.All(own => own.AreNone);

    public static QuotaLimits Of(EngineLimits limits) => new(
        limits.CallsPerSecond,
        limits.NamespaceCallsPerSecond,
        limits.NamespaceBurstRatio,
        limits.NamespaceListsPerSecond,
        limits.NamespaceListsBurstRatio,
        limits.NamespaceLongPolls)
    {
        OfNamespaces = limits.OfNamespaces.ToImmutableDictionary(pair => pair.Key, pair => Of(pair.Value)),
    };

    /// <summary>The limits of a namespace.</summary>
    /// <param name="ns">Its name.</param>
    public QuotaLimits In(string ns) => OfNamespaces.GetValueOrDefault(ns, this);
}
