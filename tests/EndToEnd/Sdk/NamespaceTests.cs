using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

public sealed class NamespaceTests(SdkEngine engine)
{
    [Fact]
    public async Task Namespace_FromRegistrationToDeprecation_IsDescribedAsItIs()
    {
        var name = SdkEngine.NewName("orders");
        var service = engine.Client.WorkflowService;
        await service.RegisterNamespaceAsync(new RegisterNamespaceRequest
        {
            Namespace = name,
            Description = "orders",
            WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(2)),
        });
        await service.UpdateNamespaceAsync(new UpdateNamespaceRequest
        {
            Namespace = name,
            UpdateInfo = new() { Description = "orders and returns" },
        });
        var updated = await service.DescribeNamespaceAsync(new DescribeNamespaceRequest { Namespace = name });
        await service.DeprecateNamespaceAsync(new DeprecateNamespaceRequest { Namespace = name });
        var deprecated = await service.DescribeNamespaceAsync(new DescribeNamespaceRequest { Namespace = name });

        Assert.Equal("orders and returns", updated.NamespaceInfo.Description);
        Assert.Equal(TimeSpan.FromDays(2), updated.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
        Assert.Equal(NamespaceState.Registered, updated.NamespaceInfo.State);
        Assert.Equal(NamespaceState.Deprecated, deprecated.NamespaceInfo.State);
    }

    [Fact]
    public async Task Namespace_WhenItIsRegisteredTwice_AlreadyExists()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => engine.Client.WorkflowService.RegisterNamespaceAsync(new RegisterNamespaceRequest
            {
                Namespace = "default",
                WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(2)),
            }));

        Assert.Equal(RpcException.StatusCode.AlreadyExists, refused.Code);
    }

    [Fact]
    public async Task Namespaces_KeepTheirWorkflowIdsApart()
    {
        var name = SdkEngine.NewName("apart");
        await engine.Client.WorkflowService.RegisterNamespaceAsync(new RegisterNamespaceRequest
        {
            Namespace = name,
            WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(2)),
        });
        var other = await engine.ConnectAsync(name);
        var here = await engine.StartWaitingAsync();

        var there = await other.StartWorkflowAsync("anything", [], new(here.Id, "nobody"));

        Assert.NotEqual(here.ResultRunId, there.ResultRunId);
        await there.TerminateAsync();
        Assert.Equal(WorkflowExecutionStatus.Running, (await here.DescribeAsync()).Status);
    }

    [Fact]
    public async Task Call_WhenTheNamespaceIsUnknown_IsNotFound()
    {
        var lost = await engine.ConnectAsync("no-such-namespace");

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => lost.StartWorkflowAsync("anything", [], new("id", "nobody")));

        Assert.Equal(
            (RpcException.StatusCode.NotFound, "Namespace no-such-namespace is not found."), (refused.Code, refused.Message));
    }
}
