using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Workers that come, go and forget.</summary>
public sealed class WorkerTests(SdkEngine engine)
{
    [Fact]
    public async Task Worker_WhenItCachesNothing_ReplaysAtEveryTask() => await engine.WithWorkerAsync(
        options =>
        {
            options.MaxCachedWorkflows = 0;
            options.AddWorkflow<WaitingWorkflow>();
        },
        async queue =>
        {
            var handle = await engine.StartWaitingAsync(queue);
            for (var count = 1; count <= 5; count++)
            {
                await handle.SignalAsync(w => w.TellAsync($"{count}"));
                Assert.Equal(count, (await handle.QueryAsync(w => w.Told())).Count);
            }

            await handle.SignalAsync(w => w.FinishAsync("done"));
            Assert.Equal("done", await handle.GetResultAsync());
        });

    [Fact]
    public async Task Worker_WhenItShutsDown_LeavesNoFailedTaskAndTheNextOneGoesOn()
    {
        var queue = SdkEngine.NewName("queue");
        var handle = await engine.StartWaitingAsync(queue);
        using (var first = NewWorker(queue))
        {
            await first.ExecuteAsync(async () =>
            {
                await handle.SignalAsync(w => w.TellAsync("first"));
                Assert.Equal(["first"], await handle.QueryAsync(w => w.Told()));
            });
        }

        using var second = NewWorker(queue);
        await second.ExecuteAsync(async () =>
        {
            await handle.SignalAsync(w => w.TellAsync("second"));
            Assert.Equal(["first", "second"], await handle.QueryAsync(w => w.Told()));
            await handle.SignalAsync(w => w.FinishAsync("done"));
            await handle.GetResultAsync();
        });

        var types = await SdkEngine.EventTypesAsync(handle);
        Assert.DoesNotContain(EventType.WorkflowTaskFailed, types);
        Assert.DoesNotContain(EventType.WorkflowTaskTimedOut, types);
    }

    [Fact]
    public async Task Worker_WhenItPolls_IsKnownToItsTaskQueue() => await engine.WithWorkerAsync(
        options =>
        {
            options.Identity = "the-only-worker";
            options.AddWorkflow<WaitingWorkflow>();
        },
        async queue =>
        {
            var handle = await engine.StartWaitingAsync(queue);
            await handle.QueryAsync(w => w.Told());

            var described = await engine.Client.WorkflowService.DescribeTaskQueueAsync(new DescribeTaskQueueRequest
            {
                Namespace = "default",
                TaskQueue = new() { Name = queue },
                TaskQueueType = TaskQueueType.Workflow,
            });

            Assert.Contains(described.Pollers, poller => poller.Identity == "the-only-worker");
        });

    [Fact]
    public async Task LocalActivity_WhenItTakesLongerThanTheTask_KeepsTheTaskAlive() => await engine.WithWorkerAsync(
        options => options.AddWorkflow<LocalWorkflow>().AddActivity(LocalWorkflow.WorkAsync),
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (LocalWorkflow local) => local.RunAsync(1500),
                new(SdkEngine.NewName("local"), queue) { TaskTimeout = TimeSpan.FromSeconds(1) });

            Assert.Equal("worked", await handle.GetResultAsync());

            var types = await SdkEngine.EventTypesAsync(handle);
            Assert.Contains(EventType.MarkerRecorded, types);
            Assert.DoesNotContain(EventType.WorkflowTaskTimedOut, types);
            Assert.True(
                types.Count(type => type == EventType.WorkflowTaskCompleted) >= 2, $"no heartbeat: {string.Join(", ", types)}");
        });

    [Fact]
    public async Task Workflow_WhenItThrowsABug_FailsItsTaskOnceAndWaits() => await engine.WithWorkerAsync(
        options => options.AddWorkflow<BuggyWorkflow>(),
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (BuggyWorkflow buggy) => buggy.RunAsync(), new(SdkEngine.NewName("buggy"), queue));
            while ((await SdkEngine.DescribeRawAsync(handle)).PendingWorkflowTask is not { Attempt: >= 2 })
            {
                // Asked again until it was tried again.
            }

            var events = (await handle.FetchHistoryAsync()).Events;

            var failed = Assert.Single(events, e => e.EventType == EventType.WorkflowTaskFailed);
            Assert.Equal("a bug", failed.WorkflowTaskFailedEventAttributes.Failure.Message);
            Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
            await handle.TerminateAsync();
        });

    [Fact]
    public async Task Workflow_WithTimersAndAttributes_ReplaysFromItsHistory() => await engine.WithWorkerAsync(
        options => options.AddWorkflow<BusyWorkflow>(),
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (BusyWorkflow busy) => busy.RunAsync(), new(SdkEngine.NewName("busy"), queue));
            await handle.GetResultAsync();

            var described = await handle.DescribeAsync();
            Assert.Equal("upserted", described.TypedSearchAttributes.Get(SdkEngine.Customer));
            Assert.Equal("changed", await described.Memo["note"].ToValueAsync<string>());
            var types = await SdkEngine.EventTypesAsync(handle);
            Assert.Contains(EventType.TimerFired, types);
            Assert.Contains(EventType.TimerCanceled, types);
            await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<BusyWorkflow>())
                .ReplayWorkflowAsync(await handle.FetchHistoryAsync());
        });

    private TemporalWorker NewWorker(string queue) =>
        engine.NewWorker(queue, options => options.AddWorkflow<WaitingWorkflow>());

    [Workflow]
    public sealed class LocalWorkflow
    {
        [Activity]
        public static async Task<string> WorkAsync(int milliseconds)
        {
            await Task.Delay(milliseconds);
            return "worked";
        }

        [WorkflowRun]
        public Task<string> RunAsync(int milliseconds) => Workflow.ExecuteLocalActivityAsync(
            () => WorkAsync(milliseconds), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
    }

    [Workflow]
    public sealed class BuggyWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new InvalidOperationException("a bug");
    }

    [Workflow]
    public sealed class BusyWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            Workflow.UpsertTypedSearchAttributes(SdkEngine.Customer.ValueSet("upserted"));
            Workflow.UpsertMemo(MemoUpdate.ValueSet("note", "changed"));
            using var source = new CancellationTokenSource();
            var never = Workflow.DelayAsync(TimeSpan.FromDays(1), source.Token);
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(10));
            source.Cancel();
            await Workflow.WhenAnyAsync(never);
        }
    }
}
