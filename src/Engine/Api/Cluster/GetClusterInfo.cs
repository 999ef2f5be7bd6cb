using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.Version.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Cluster;

/// <summary>Which cluster this is; the web UI asks.</summary>
internal sealed class GetClusterInfo(string clusterId, string storeName)
    : IRpc<GetClusterInfoRequest, GetClusterInfoResponse>
{
    public const string ClusterName = "active";

    /// <summary>The versions of known clients that are served; others are not looked at.</summary>
    public static IReadOnlyDictionary<string, string> SupportedClients { get; } = new Dictionary<string, string>
    {
        ["temporal-go"] = "<2.0.0",
        ["temporal-java"] = "<2.0.0",
        ["temporal-php"] = "<2.0.0",
        ["temporal-typescript"] = "<2.0.0",
        ["temporal-cli"] = "<2.0.0",
        ["temporal-server"] = "<2.0.0",
        ["temporal-ui"] = "<3.0.0",
    };

    public ValueTask<Answer<GetClusterInfoResponse>> AnswerAsync(GetClusterInfoRequest request, Call call) =>
        (Answer<GetClusterInfoResponse>)new GetClusterInfoResponse
        {
            SupportedClients = { SupportedClients.ToDictionary() },
            ServerVersion = GetSystemInfo.ServerVersion,
            ClusterId = clusterId,
            VersionInfo = new VersionInfo
            {
                Current = new ReleaseInfo { Version = GetSystemInfo.ServerVersion },
            },
            ClusterName = ClusterName,
            HistoryShardCount = 1,
            PersistenceStore = storeName,
            VisibilityStore = storeName,
            InitialFailoverVersion = 1,
            FailoverVersionIncrement = 10,
        };
}
