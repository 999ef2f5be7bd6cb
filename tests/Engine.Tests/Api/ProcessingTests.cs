using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>The engine as the official SDK's users see it.</summary>
public sealed class ProcessingTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("child", 7, "echo-7")]
    [InlineData("chain", 0, "chain-3")]
    [InlineData("retry", 0, "attempt 3")]
    [InlineData("heartbeat", 0, "half way")]
    [InlineData("fan", 20, "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19")]
    public async Task Workflow_WhenRun_Returns(string what, int step, string result) =>
        Assert.Equal(result, await WithWorkerAsync(what, step, handle => handle.GetResultAsync()));

    [Fact]
    public async Task Activity_WhenCompletedFromOutside_EndsWithThatResult()
    {
        var result = await WithWorkerAsync("outside", 0, async handle =>
        {
            var activity = await StartedActivityAsync(handle);
            await engine.Client
                .GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, activity.ActivityId)
                .CompleteAsync("from outside");
            return await handle.GetResultAsync();
        });

        Assert.Equal("from outside", result);
    }

    [Fact]
    public async Task Workflow_WhenCancelled_EndsCancelled()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => WithWorkerAsync("cancel", 0, async handle =>
        {
            await handle.CancelAsync();
            return await handle.GetResultAsync();
        }));

        Assert.IsType<CanceledFailureException>(failure.InnerException);
    }

    [Fact]
    public async Task Workflow_WhenTerminated_TellsTheReason()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => WithWorkerAsync("cancel", 0, async handle =>
        {
            await handle.TerminateAsync("enough");
            return await handle.GetResultAsync();
        }));

        Assert.Equal("enough", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task Workflow_WhenItFails_TellsTheFailure()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => WithWorkerAsync("fail", 0, handle => handle.GetResultAsync()));

        Assert.Equal("Broken", Assert.IsType<ApplicationFailureException>(failure.InnerException).ErrorType);
    }

    [Fact]
    public async Task Query_WhenTheHandlerIsUnknown_TellsTheWorkersText()
    {
        var failure = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => WithWorkerAsync(
            "echo", 0, async handle =>
            {
                await handle.GetResultAsync();
                return await handle.QueryAsync<string>("nothing", []);
            }));

        Assert.Contains("nothing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_WhenItIsTooLargeToSend_EndsTheRun()
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => WithWorkerAsync("large", 6, handle => handle.GetResultAsync()));

        Assert.Equal("GrpcMessageTooLarge", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task Start_WhenTheIdRuns_TellsWhichRun()
    {
        var options = new WorkflowOptions($"twice-{Guid.NewGuid()}", "nobody");
        var first = await engine.Client.StartWorkflowAsync("t", [], options);

        var refused = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => engine.Client.StartWorkflowAsync("t", [], options));

        Assert.Equal(first.ResultRunId, refused.RunId);
    }

    private async Task<PendingActivityInfo> StartedActivityAsync(WorkflowHandle handle)
    {
        var request = new DescribeWorkflowExecutionRequest
        {
            Namespace = "default",
            Execution = new() { WorkflowId = handle.Id },
        };
        while (true)
        {
            var run = await engine.Client.WorkflowService.DescribeWorkflowExecutionAsync(request);
            if (run.PendingActivities.FirstOrDefault(one => one.State == PendingActivityState.Started) is { } started)
            {
                return started;
            }

            await Task.Yield();
        }
    }

    private async Task<string> WithWorkerAsync(
        string what, int step, Func<WorkflowHandle<ProcessingWorkflow, string>, Task<string>> use)
    {
        var queue = $"processing-{Guid.NewGuid()}";
        using var worker = new TemporalWorker(
            engine.Client,
            new TemporalWorkerOptions(queue)
                .AddWorkflow<ProcessingWorkflow>()
                .AddActivity(ProcessingWorkflow.EchoAsync)
                .AddActivity(ProcessingWorkflow.FailTwiceAsync)
                .AddActivity(ProcessingWorkflow.ContinueFromHeartbeatAsync)
                .AddActivity(ProcessingWorkflow.CompleteOutsideAsync));
        return await worker.ExecuteAsync(async () =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (ProcessingWorkflow wf) => wf.RunAsync(what, step),
                new WorkflowOptions($"{what}-{Guid.NewGuid()}", queue));
            return await use(handle).WaitAsync(Patience);
        });
    }
}
