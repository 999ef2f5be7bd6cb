using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Quotas;

/// <summary>How much may be asked. Zero stands for no limit.</summary>
internal sealed record QuotaLimits(
    int Calls, int NamespaceCalls, double NamespaceBurst, int NamespaceLists, double NamespaceListsBurst, int NamespaceWaits)
{
    public bool AreNone => this is { Calls: 0, NamespaceCalls: 0, NamespaceLists: 0, NamespaceWaits: 0 };

    public static QuotaLimits Of(EngineLimits limits) => new(
        limits.CallsPerSecond,
        limits.NamespaceCallsPerSecond,
        limits.NamespaceBurstRatio,
        limits.NamespaceListsPerSecond,
        limits.NamespaceListsBurstRatio,
        limits.NamespaceLongPolls);
}
