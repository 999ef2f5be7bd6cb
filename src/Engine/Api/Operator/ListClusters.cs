using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Cluster;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Operator;

/// <summary>This cluster; there is no other.</summary>
internal sealed class ListClusters(string clusterId) : IRpc<ListClustersRequest, ListClustersResponse>
{
    public ValueTask<Answer<ListClustersResponse>> AnswerAsync(ListClustersRequest request, Call call) =>
        (Answer<ListClustersResponse>)new ListClustersResponse
        {
            Clusters =
            {
                new ClusterMetadata
                {
                    ClusterName = GetClusterInfo.ClusterName,
                    ClusterId = clusterId,
                    InitialFailoverVersion = 1,
                    HistoryShardCount = 1,
                    IsConnectionEnabled = true,
                },
            },
        };
}
