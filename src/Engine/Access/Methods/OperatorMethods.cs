using static AugmentedOS.Engine.Access.Methods.AccessLevel;
using static AugmentedOS.Engine.Access.Methods.MethodScope;

namespace AugmentedOS.Engine.Access.Methods;

/// <summary>The operator service. Endpoints are the engine's own: reading them takes an administrator too.</summary>
internal static class OperatorMethods
{
    public static IReadOnlyList<MethodProfile> All { get; } =
    [
        new("AddSearchAttributes", Namespace, Admin, Mutates: true, Priority: 2),
        new("RemoveSearchAttributes", Namespace, Admin, Mutates: true, Priority: 2),
        new("ListSearchAttributes", Namespace, Read),
        new("DeleteNamespace", Namespace, Admin, Mutates: true, Priority: 2),
        new("AddOrUpdateRemoteCluster", Cluster, Admin, Mutates: true, Priority: 2),
        new("RemoveRemoteCluster", Cluster, Admin, Mutates: true, Priority: 2),
        new("ListClusters", Cluster, Admin),
        new("CreateNexusEndpoint", Cluster, Admin, Mutates: true, Priority: 2),
        new("UpdateNexusEndpoint", Cluster, Admin, Mutates: true, Priority: 2),
        new("DeleteNexusEndpoint", Cluster, Admin, Mutates: true, Priority: 2),
        new("GetNexusEndpoint", Cluster, Admin),
        new("ListNexusEndpoints", Cluster, Admin),
    ];
}
