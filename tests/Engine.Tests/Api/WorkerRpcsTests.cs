using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>What workers say of themselves, and what operators are told of it.</summary>
public sealed class WorkerRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Namespace = "default";

    [Fact]
    public async Task Worker_WhenItHasSentAHeartbeat_IsListedCountedAndDescribed()
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        var key = Guid.NewGuid().ToString();
        await BeatAsync(key, queue, WorkerStatus.Running);
        var query = $"TaskQueue = '{queue}'";

        var listed = await Service.ListWorkersAsync(new ListWorkersRequest { Namespace = Namespace, Query = query });
        var counted = await Service.CountWorkersAsync(new CountWorkersRequest { Namespace = Namespace, Query = query });
        var described = await Service.DescribeWorkerAsync(
            new DescribeWorkerRequest { Namespace = Namespace, WorkerInstanceKey = key });

        Assert.Equal(key, Assert.Single(listed.WorkersInfo).WorkerHeartbeat.WorkerInstanceKey);
        Assert.Equal(1, counted.Count);
        Assert.Equal("me", described.WorkerInfo.WorkerHeartbeat.WorkerIdentity);
    }

    [Fact]
    public async Task Worker_WhenItsLastHeartbeatSaysShutdown_IsForgotten()
    {
        var key = Guid.NewGuid().ToString();
        await BeatAsync(key, "gone", WorkerStatus.Running);
        await BeatAsync(key, "gone", WorkerStatus.Shutdown);

        var refused = await Assert.ThrowsAsync<RpcException>(() => Service.DescribeWorkerAsync(
            new DescribeWorkerRequest { Namespace = Namespace, WorkerInstanceKey = key }));

        Assert.Equal((RpcException.StatusCode.NotFound, $"Worker {key} not found"), (refused.Code, refused.Message));
    }

    private Temporalio.Client.WorkflowService Service => engine.Client.WorkflowService;

    private Task<RecordWorkerHeartbeatResponse> BeatAsync(string key, string queue, WorkerStatus status) => Service.RecordWorkerHeartbeatAsync(
        new RecordWorkerHeartbeatRequest
        {
            Namespace = Namespace,
            WorkerHeartbeat =
            {
                new WorkerHeartbeat
                {
                    WorkerInstanceKey = key, WorkerIdentity = "me", TaskQueue = queue, Status = status,
                },
            },
        });
}
