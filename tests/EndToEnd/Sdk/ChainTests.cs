using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Continue-as-new, retries of workflows, cron.</summary>
public sealed class ChainTests(SdkEngine engine)
{
    [Fact]
    public async Task ContinueAsNew_GivesTheLastRunsResultAndKeepsTheFirstRunsId() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.Client.StartWorkflowAsync(
            (CountdownWorkflow countdown) => countdown.RunAsync(3, false), new(SdkEngine.NewName("countdown"), queue));

        var last = await handle.GetResultAsync();

        Assert.Equal(handle.ResultRunId, last.FirstRunId);
        Assert.NotEqual(handle.ResultRunId, last.RunId);
        var described = await engine.Client.GetWorkflowHandle(handle.Id, handle.ResultRunId).DescribeAsync();
        Assert.Equal(WorkflowExecutionStatus.ContinuedAsNew, described.Status);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handle_OfTheFirstRun_EndsTheLastOne(bool isTerminate) => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.Client.StartWorkflowAsync(
            (CountdownWorkflow countdown) => countdown.RunAsync(1, true), new(SdkEngine.NewName("countdown"), queue));
        while ((await handle.DescribeAsync()).RunId == handle.ResultRunId)
        {
            // Asked again until it has continued.
        }

        await (isTerminate ? handle.TerminateAsync() : handle.CancelAsync());
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType(
            isTerminate ? typeof(TerminatedFailureException) : typeof(CanceledFailureException), failed.InnerException);
    });

    [Fact]
    public async Task Workflow_WithARetryPolicy_IsTriedAgainAsARunOfItsOwn() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.Client.StartWorkflowAsync(
            (StumblingWorkflow stumbling) => stumbling.RunAsync(2),
            new(SdkEngine.NewName("stumbling"), queue)
            {
                RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), MaximumAttempts = 5 },
            });

        Assert.Equal(2, await handle.GetResultAsync());
        var first = (await engine.Client.GetWorkflowHandle(handle.Id, handle.ResultRunId).FetchHistoryAsync()).Events.Last();
        Assert.Equal(EventType.WorkflowExecutionFailed, first.EventType);
        Assert.Equal(RetryState.InProgress, first.WorkflowExecutionFailedEventAttributes.RetryState);
        Assert.NotEmpty(first.WorkflowExecutionFailedEventAttributes.NewExecutionRunId);
    });

    [Fact]
    public async Task Workflow_WhenItsRetriesAreUsedUp_FailsWithTheLastFailure() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.Client.StartWorkflowAsync(
            (StumblingWorkflow stumbling) => stumbling.RunAsync(9),
            new(SdkEngine.NewName("stumbling"), queue)
            {
                RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), MaximumAttempts = 2 },
            });

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.Equal("attempt 2", failed.InnerException!.Message);
    });

    [Fact]
    public async Task Cron_RunsAgainAndAgainWithTheLastResult() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.Client.StartWorkflowAsync(
            (CronWorkflow cron) => cron.RunAsync(),
            new(SdkEngine.NewName("cron"), queue) { CronSchedule = "@every 1s" });

        // Waiting for the result would go on for ever: each run leads to the next.
        var first = engine.Client.GetWorkflowHandle(handle.Id, handle.ResultRunId);
        var last = await ClosingEventAsync(first);
        var second = engine.Client.GetWorkflowHandle(
            handle.Id, last.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId);
        var secondLast = await ClosingEventAsync(second);

        var started = (await second.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.Equal(ContinueAsNewInitiator.CronSchedule, started.Initiator);
        Assert.Equal("1", started.LastCompletionResult.Payloads_[0].Data.ToStringUtf8());
        Assert.Equal("2", secondLast.WorkflowExecutionCompletedEventAttributes.Result.Payloads_[0].Data.ToStringUtf8());
        await engine.Client.GetWorkflowHandle(handle.Id).TerminateAsync();
    });

    private static async Task<Temporalio.Api.History.V1.HistoryEvent> ClosingEventAsync(WorkflowHandle handle)
    {
        await handle.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(new()
        {
            Namespace = "default",
            Execution = new() { WorkflowId = handle.Id, RunId = handle.RunId },
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
            WaitNewEvent = true,
        });
        return (await handle.FetchHistoryAsync()).Events.Last();
    }

    private Task WithWorkerAsync(Func<string, Task> body) => engine.WithWorkerAsync(
        options => options
            .AddWorkflow<CountdownWorkflow>().AddWorkflow<StumblingWorkflow>().AddWorkflow<CronWorkflow>(),
        body);

    public sealed record LastRun(string RunId, string FirstRunId);

    [Workflow]
    public sealed class CountdownWorkflow
    {
        [WorkflowRun]
        public async Task<LastRun> RunAsync(int left, bool waitsAtTheEnd)
        {
            if (left > 0)
            {
                throw Workflow.CreateContinueAsNewException(
                    (CountdownWorkflow countdown) => countdown.RunAsync(left - 1, waitsAtTheEnd));
            }

            await Workflow.WaitConditionAsync(() => !waitsAtTheEnd);
            return new LastRun(Workflow.Info.RunId, Workflow.Info.FirstExecutionRunId);
        }
    }

    [Workflow]
    public sealed class StumblingWorkflow
    {
        [WorkflowRun]
        public Task<int> RunAsync(int until) => Workflow.Info.Attempt >= until
            ? Task.FromResult(Workflow.Info.Attempt)
            : throw new ApplicationFailureException($"attempt {Workflow.Info.Attempt}");
    }

    [Workflow]
    public sealed class CronWorkflow
    {
        [WorkflowRun]
        public Task<int> RunAsync() => Task.FromResult(
            Workflow.Info.LastResult is { Count: > 0 } last
                ? (int)Workflow.PayloadConverter.ToValue(last.First().Payload, typeof(int))! + 1
                : 1);
    }
}
