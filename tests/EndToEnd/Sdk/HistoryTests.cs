using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

public sealed class HistoryTests(SdkEngine engine)
{
    private const int Signals = 300;

    [Fact]
    public async Task History_WhenItIsLong_ComesInPagesAndReplays()
    {
        var queue = SdkEngine.NewName("queue");
        var handle = await engine.StartWaitingAsync(queue);
        for (var count = 0; count < Signals; count++)
        {
            await handle.SignalAsync(w => w.TellAsync($"{count}"));
        }

        await handle.SignalAsync(w => w.FinishAsync("read"));
        using (var worker = engine.NewWorker(queue, options => options.AddWorkflow<WaitingWorkflow>()))
        {
            Assert.Equal("read", await worker.ExecuteAsync(() => handle.GetResultAsync()));
        }

        var history = await handle.FetchHistoryAsync();
        Assert.True(history.Events.Count > Signals);
        Assert.Equal(Enumerable.Range(1, history.Events.Count), history.Events.Select(e => (int)e.EventId));
        await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<WaitingWorkflow>())
            .ReplayWorkflowAsync(history);
    }

    [Fact]
    public async Task History_InSmallPages_IsTheSameBothWays()
    {
        var handle = await engine.StartWaitingAsync();
        for (var count = 0; count < 10; count++)
        {
            await handle.SignalAsync(w => w.TellAsync($"{count}"));
        }

        var forward = await PagesAsync(async token =>
        {
            var page = await engine.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(new()
            {
                Namespace = "default",
                Execution = new() { WorkflowId = handle.Id },
                MaximumPageSize = 3,
                NextPageToken = token,
            });
            return (page.History, page.NextPageToken);
        });
        var backward = await PagesAsync(async token =>
        {
            var page = await engine.Client.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(new()
            {
                Namespace = "default",
                Execution = new() { WorkflowId = handle.Id },
                MaximumPageSize = 3,
                NextPageToken = token,
            });
            return (page.History, page.NextPageToken);
        });

        Assert.Equal(12, forward.Count);
        Assert.Equal(forward, Enumerable.Reverse(backward));
    }

    [Fact]
    public async Task History_WhenWaitedFor_ComesWhenTheRunCloses()
    {
        var handle = await engine.StartWaitingAsync();
        var waiting = engine.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(new()
        {
            Namespace = "default",
            Execution = new() { WorkflowId = handle.Id },
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
            WaitNewEvent = true,
        });
        Assert.False(waiting.IsCompleted);
        await handle.TerminateAsync();

        var closing = Assert.Single((await waiting).History.Events);

        Assert.Equal(EventType.WorkflowExecutionTerminated, closing.EventType);
    }

    [Fact]
    public async Task Workflow_WhenItsResultIsTooLarge_IsTerminated() => await engine.WithWorkerAsync(
        options =>
        {
            options.DisablePayloadErrorLimit = true;
            options.AddWorkflow<BulkyWorkflow>();
        },
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (BulkyWorkflow bulky) => bulky.RunAsync(2_200_000), new(SdkEngine.NewName("bulky"), queue));

            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            Assert.Equal(
                "BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.",
                Assert.IsType<TerminatedFailureException>(failed.InnerException).Message);
        });

    [Fact]
    public async Task Signal_WhenItsInputIsTooLarge_IsRefused()
    {
        var handle = await engine.StartWaitingAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => handle.SignalAsync(w => w.TellAsync(new string('x', 2_200_000))));

        Assert.Equal(
            (RpcException.StatusCode.InvalidArgument, "Blob data size exceeds limit."), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Describe_TellsLengthSizeAndTimes()
    {
        var handle = await engine.StartWaitingAsync(configure: options => options.RunTimeout = TimeSpan.FromHours(1));

        var described = await handle.DescribeAsync();
        var raw = await SdkEngine.DescribeRawAsync(handle);
        await handle.TerminateAsync();
        var closed = await SdkEngine.DescribeRawAsync(handle);

        Assert.Equal(WorkflowExecutionStatus.Running, described.Status);
        Assert.Equal((2, nameof(WaitingWorkflow), "nobody"), (described.HistoryLength, described.WorkflowType, described.TaskQueue));
        Assert.True(raw.WorkflowExecutionInfo.HistorySizeBytes > 0);
        Assert.Equal(PendingWorkflowTaskState.Scheduled, raw.PendingWorkflowTask.State);
        Assert.Equal(TimeSpan.FromHours(1), raw.ExecutionConfig.WorkflowRunTimeout.ToTimeSpan());
        Assert.Null(described.CloseTime);
        Assert.NotNull(closed.WorkflowExecutionInfo.CloseTime);
        Assert.Null(closed.PendingWorkflowTask);
    }

    private static async Task<List<HistoryEvent>> PagesAsync(
        Func<Google.Protobuf.ByteString, Task<(History History, Google.Protobuf.ByteString Next)>> read)
    {
        var events = new List<HistoryEvent>();
        var token = Google.Protobuf.ByteString.Empty;
        do
        {
            var page = await read(token);
            Assert.InRange(page.History.Events.Count, 0, 3);
            events.AddRange(page.History.Events);
            token = page.Next;
        }
        while (!token.IsEmpty);

        return events;
    }

    [Workflow]
    public sealed class BulkyWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(int length) => Task.FromResult(new string('x', length));
    }
}
