using static AugmentedOS.Engine.Access.Methods.AccessLevel;
using static AugmentedOS.Engine.Access.Methods.MethodScope;

namespace AugmentedOS.Engine.Access.Methods;

/// <summary>What is no RPC of the workflow or the operator service.</summary>
internal static class OtherMethods
{
    /// <summary>Time is the whole engine's.</summary>
    public static IReadOnlyList<MethodProfile> OfTests { get; } =
    [
        new("LockTimeSkipping", Cluster, Write, Mutates: true),
        new("UnlockTimeSkipping", Cluster, Write, Mutates: true),
        new("Sleep", Cluster, Write),
        new("SleepUntil", Cluster, Write),
        new("UnlockTimeSkippingWithSleep", Cluster, Write, Mutates: true),
        new("GetCurrentTime", Cluster, Read),
    ];

    /// <summary>Nexus over HTTP, under the names that a Temporal server's authorizers see.</summary>
    public static IReadOnlyList<MethodProfile> OfNexus { get; } =
    [
        new("DispatchByNamespaceAndTaskQueue", Namespace, Write, Mutates: true, Waits: true, Priority: 1),
        new("DispatchByEndpoint", Namespace, Write, Mutates: true, Waits: true, Priority: 1),
        new("CompleteNexusOperation", Namespace, Write, Mutates: true, Priority: 1),
    ];

    public static IReadOnlyList<MethodProfile> OfHealth { get; } =
    [
        new("Check", Cluster, Open, Priority: 0),
        new("Watch", Cluster, Open, Priority: 0),
    ];

    /// <summary>The API's documents, which everybody may read, but not as often as they like.</summary>
    public static IReadOnlyList<MethodProfile> OfOpenApi { get; } =
    [
        new("GetOpenAPIV2Docs", Cluster, Open, Priority: MethodProfile.LastPriority),
        new("GetOpenAPIV3Docs", Cluster, Open, Priority: MethodProfile.LastPriority),
    ];

    /// <summary>What the API is made of is no secret of anybody's namespace, and still not for those without any grant.
    /// </summary>
    public static IReadOnlyList<MethodProfile> OfReflection { get; } = [new("ServerReflectionInfo", Cluster, Read)];
}
