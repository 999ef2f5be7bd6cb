using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Tasks on the wire, and the RPCs about them that an SDK's worker seldom uses.</summary>
public sealed class TaskRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Namespace = "default";

    [Fact]
    public async Task Activity_WhenFailedById_FailsInHistory()
    {
        var worker = new WireWorker(engine.Client);
        await worker.StartAsync();
        await worker.StepAsync(worker.Activity("a"));
        await worker.PollActivityAsync();

        await worker.Service.RespondActivityTaskFailedByIdAsync(new RespondActivityTaskFailedByIdRequest
        {
            Namespace = Namespace,
            WorkflowId = worker.WorkflowId,
            ActivityId = "a",
            Failure = new() { Message = "no", ApplicationFailureInfo = new() },
        });

        var failed = Assert.Single(await worker.HistoryAsync(), e => e.EventType == EventType.ActivityTaskFailed);
        Assert.Equal("no", failed.ActivityTaskFailedEventAttributes.Failure.Message);
    }

    [Fact]
    public async Task Activity_WhenCanceledById_IsCanceledOnlyAfterARequest()
    {
        var worker = new WireWorker(engine.Client);
        await worker.StartAsync();
        await worker.StepAsync(worker.Activity("a"));
        await worker.PollActivityAsync();
        var cancel = new RespondActivityTaskCanceledByIdRequest
        {
            Namespace = Namespace,
            WorkflowId = worker.WorkflowId,
            ActivityId = "a",
        };

        var early = await Assert.ThrowsAsync<RpcException>(() => worker.Service.RespondActivityTaskCanceledByIdAsync(cancel));
        await SignalAsync(worker);
        await worker.StepAsync(WireWorker.CancelActivity(5));
        await worker.Service.RespondActivityTaskCanceledByIdAsync(cancel);

        Assert.Equal(
            "unable to mark activity as canceled without activity being request canceled first", early.Message);
        Assert.Contains(await worker.HistoryAsync(), e => e.EventType == EventType.ActivityTaskCanceled);
    }

    [Fact]
    public async Task Stickiness_WhenReset_SendsTheNextTaskToTheNormalQueue()
    {
        var worker = new WireWorker(engine.Client);
        await worker.StartAsync();
        await worker.CompleteAsync(await worker.PollAsync(), request => request.StickyAttributes = new()
        {
            WorkerTaskQueue = new() { Name = $"sticky-{worker.Queue}", Kind = TaskQueueKind.Sticky, NormalName = worker.Queue },
            ScheduleToStartTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        });

        await worker.Service.ResetStickyTaskQueueAsync(new ResetStickyTaskQueueRequest
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = worker.WorkflowId },
        });
        await SignalAsync(worker);

        var task = await worker.PollAsync();
        Assert.Equal(1, task.History.Events[0].EventId);
    }

    [Fact]
    public async Task TaskQueue_WhenItsPartitionsAreListed_HasOne()
    {
        var partitions = await engine.Client.WorkflowService.ListTaskQueuePartitionsAsync(
            new ListTaskQueuePartitionsRequest { Namespace = Namespace, TaskQueue = new() { Name = "any" } });

        Assert.Equal("any", Assert.Single(partitions.WorkflowTaskQueuePartitions).Key);
        Assert.Equal("any", Assert.Single(partitions.ActivityTaskQueuePartitions).Key);
    }

    [Fact]
    public async Task Workflow_WhenDeleted_IsNotFound()
    {
        var worker = new WireWorker(engine.Client);
        await worker.StartAsync();

        await worker.Service.DeleteWorkflowExecutionAsync(new DeleteWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowExecution = new() { WorkflowId = worker.WorkflowId },
        });

        var gone = await Assert.ThrowsAsync<RpcException>(worker.HistoryAsync);
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
    }

    [Fact]
    public async Task Child_WhenItsRunTimesOut_TimesOutInTheParent()
    {
        var worker = new WireWorker(engine.Client);
        await worker.StartAsync();
        await worker.StepAsync(new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = new()
            {
                WorkflowId = $"child-of-{worker.WorkflowId}",
                WorkflowType = new() { Name = "Slow" },
                TaskQueue = new() { Name = $"nobody-{worker.Queue}" },
                WorkflowRunTimeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)),
            },
        });
        await worker.StepAsync();
        await worker.StepAsync(WireWorker.Complete());

        Assert.Contains(await worker.HistoryAsync(), e => e.EventType == EventType.ChildWorkflowExecutionTimedOut);
    }

    private static Task<SignalWorkflowExecutionResponse> SignalAsync(WireWorker worker) => worker.Service.SignalWorkflowExecutionAsync(
        new SignalWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowExecution = new() { WorkflowId = worker.WorkflowId },
            SignalName = "go",
            RequestId = Guid.NewGuid().ToString(),
        });
}
