using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

public sealed class StartTests(SdkEngine engine)
{
    [Fact]
    public async Task Start_WhenTheIdRuns_NamesTheFirstRun()
    {
        var first = await engine.StartWaitingAsync();

        var refused = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => engine.StartWaitingAsync(configure: options => options.Id = first.Id));

        Assert.Equal((first.Id, first.ResultRunId), (refused.WorkflowId, refused.RunId));
    }

    [Fact]
    public async Task Start_WhenTheIdRunsAndItIsToBeUsed_GivesTheSameRun()
    {
        var first = await engine.StartWaitingAsync();

        var second = await engine.StartWaitingAsync(configure: options =>
        {
            options.Id = first.Id;
            options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        });

        Assert.Equal(first.ResultRunId, second.ResultRunId);
    }

    [Fact]
    public async Task Start_WhenTheIdRunsAndItIsToBeTerminated_EndsItAndStartsAnew()
    {
        var first = await engine.StartWaitingAsync();

        var second = await engine.StartWaitingAsync(configure: options =>
        {
            options.Id = first.Id;
            options.IdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        });

        Assert.NotEqual(first.ResultRunId, second.ResultRunId);
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => first.GetResultAsync().WaitAsync(SdkEngine.Patience));
        Assert.IsType<TerminatedFailureException>(failed.InnerException);
    }

    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, true, true)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, false, true)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, true, false)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, false, true)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, true, false)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, false, false)]
    public async Task Start_WhenTheIdIsClosed_FollowsTheReusePolicy(
        WorkflowIdReusePolicy policy, bool isCompleted, bool isStarted)
    {
        await engine.WithWorkerAsync(options => options.AddWorkflow<WaitingWorkflow>(), async queue =>
        {
            var first = await engine.StartWaitingAsync(queue);
            await (isCompleted ? first.SignalAsync(w => w.FinishAsync("")) : first.TerminateAsync());
            await first.GetResultAsync().ContinueWith(_ => { }, TaskScheduler.Default);

            var second = engine.StartWaitingAsync(queue, options =>
            {
                options.Id = first.Id;
                options.IdReusePolicy = policy;
            });

            if (isStarted)
            {
                Assert.NotEqual(first.ResultRunId, (await second).ResultRunId);
            }
            else
            {
                await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => second);
            }
        });
    }

    [Fact]
    public async Task Start_WhenTheRequestIsRepeated_AnswersWithTheSameRunEvenIfItIsClosed()
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = SdkEngine.NewName("repeated"),
            WorkflowType = new() { Name = "anything" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = SdkEngine.NewName("request"),
            WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
        };
        var first = await engine.Client.WorkflowService.StartWorkflowExecutionAsync(request);
        var whileRunning = await engine.Client.WorkflowService.StartWorkflowExecutionAsync(request);
        await engine.Client.GetWorkflowHandle(request.WorkflowId).TerminateAsync();

        var afterwards = await engine.Client.WorkflowService.StartWorkflowExecutionAsync(request);

        Assert.Equal((first.RunId, true), (whileRunning.RunId, whileRunning.Started));
        Assert.Equal((first.RunId, true), (afterwards.RunId, afterwards.Started));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_WithADelay_ShowsItInTheFirstEvent(bool withSignal)
    {
        var handle = await engine.StartWaitingAsync(configure: options =>
        {
            options.StartDelay = TimeSpan.FromMinutes(5);
            if (withSignal)
            {
                options.SignalWithStart((WaitingWorkflow waiting) => waiting.TellAsync("hello"));
            }
        });

        var first = (await handle.FetchHistoryAsync()).Events.First();
        Assert.Equal(
            TimeSpan.FromMinutes(5),
            first.WorkflowExecutionStartedEventAttributes.FirstWorkflowTaskBackoff.ToTimeSpan());
        Assert.Equal(EventType.WorkflowExecutionStarted, (await SdkEngine.EventTypesAsync(handle))[0]);
        Assert.DoesNotContain(EventType.WorkflowTaskScheduled, await SdkEngine.EventTypesAsync(handle));
    }

    [Fact]
    public async Task Start_WithADelay_RunsWhenItIsOver() =>
        await engine.WithWorkerAsync(options => options.AddWorkflow<InfoWorkflow>(), async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (InfoWorkflow info) => info.RunAsync(),
                new(SdkEngine.NewName("delayed"), queue) { StartDelay = TimeSpan.FromMilliseconds(300) });
            await handle.GetResultAsync();

            var events = (await handle.FetchHistoryAsync()).Events.ToList();
            Assert.True(events[1].EventTime.ToDateTime() - events[0].EventTime.ToDateTime() >= TimeSpan.FromMilliseconds(300));
        });

    [Fact]
    public async Task Start_WhenEager_HandsTheFirstTaskToTheWorkerInTheAnswer() =>
        await engine.WithWorkerAsync(options => options.AddWorkflow<InfoWorkflow>(), async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (InfoWorkflow info) => info.RunAsync(),
                new(SdkEngine.NewName("eager"), queue) { RequestEagerStart = true });
            await handle.GetResultAsync();

            var first = (await handle.FetchHistoryAsync()).Events.First();
            Assert.True(first.WorkflowExecutionStartedEventAttributes.EagerExecutionAccepted);
        });

    [Fact]
    public async Task Workflow_OnItsFirstTask_KnowsItself() =>
        await engine.WithWorkerAsync(options => options.AddWorkflow<InfoWorkflow>(), async queue =>
        {
            var info = await engine.Client.ExecuteWorkflowAsync(
                (InfoWorkflow info) => info.RunAsync(), new(SdkEngine.NewName("info"), queue));

            Assert.Equal(1, info.Attempt);
            Assert.Equal(3, info.HistoryLength);
            Assert.True(info.HistorySize > 100, $"a history of {info.HistorySize} bytes");
            Assert.Equal(TimeSpan.FromSeconds(10), info.TaskTimeout);
            Assert.Null(info.RunTimeout);
            Assert.Null(info.ExecutionTimeout);
            Assert.False(info.HasRoot);
        });

    [Fact]
    public async Task Start_WithMemoAndSummary_ShowsThemInDescriptions()
    {
        var handle = await engine.StartWaitingAsync(configure: options =>
        {
            options.Memo = new Dictionary<string, object> { ["note"] = "fragile" };
            options.StaticSummary = "one order";
            options.StaticDetails = "with many words";
        });

        var described = await handle.DescribeAsync();

        Assert.Equal("fragile", await described.Memo["note"].ToValueAsync<string>());
        Assert.Equal("one order", await described.GetStaticSummaryAsync());
        Assert.Equal("with many words", await described.GetStaticDetailsAsync());
    }

    [Workflow]
    public sealed class InfoWorkflow
    {
        [WorkflowRun]
        public Task<Seen> RunAsync() => Task.FromResult(new Seen(
            Workflow.Info.Attempt,
            Workflow.CurrentHistoryLength,
            Workflow.CurrentHistorySize,
            Workflow.Info.TaskTimeout,
            Workflow.Info.RunTimeout,
            Workflow.Info.ExecutionTimeout,
            Workflow.Info.Root is not null));
    }

    public sealed record Seen(
        int Attempt,
        int HistoryLength,
        int HistorySize,
        TimeSpan TaskTimeout,
        TimeSpan? RunTimeout,
        TimeSpan? ExecutionTimeout,
        bool HasRoot);
}
