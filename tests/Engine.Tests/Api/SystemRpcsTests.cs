using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class SystemRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task GetSystemInfo_WhenCalled_TellsVersionAndCapabilities()
    {
        var info = await engine.Client.WorkflowService.GetSystemInfoAsync(new GetSystemInfoRequest());

        Assert.Equal("1.32.0", info.ServerVersion);
        Assert.True(info.Capabilities.SdkMetadata);
    }

    [Fact]
    public async Task DescribeNamespace_WhenDefault_TellsLimits()
    {
        var described = await engine.Client.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = "default" });

        Assert.Equal("default", described.NamespaceInfo.Name);
        Assert.Equal(2 * 1024 * 1024, described.NamespaceInfo.Limits.BlobSizeLimitError);
    }

    [Fact]
    public async Task Cluster_WhenDescribed_IsTheOneThatIsListed()
    {
        var info = await engine.Client.WorkflowService.GetClusterInfoAsync(new GetClusterInfoRequest());
        var clusters = await engine.Client.OperatorService.ListClustersAsync(new());

        Assert.Equal(info.ClusterId, Assert.Single(clusters.Clusters).ClusterId);
        Assert.Equal(("sqlite", "active"), (info.PersistenceStore, info.ClusterName));
    }

    [Fact]
    public async Task SearchAttributes_WhenAskedTheOldWay_AreAllThatTheSystemHas()
    {
        var known = await engine.Client.WorkflowService.GetSearchAttributesAsync(new GetSearchAttributesRequest());

        Assert.Equal(Temporalio.Api.Enums.V1.IndexedValueType.Datetime, known.Keys["StartTime"]);
    }
}
