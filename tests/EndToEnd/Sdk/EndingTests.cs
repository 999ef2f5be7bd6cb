using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Completion, failure, cancellation, termination, timeouts.</summary>
public sealed class EndingTests(SdkEngine engine)
{
    [Fact]
    public async Task Result_WhenTheWorkflowFails_CarriesItsFailure() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);
        await handle.SignalAsync(w => w.FailAsync("out of paper"));

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var cause = Assert.IsType<ApplicationFailureException>(failed.InnerException);
        Assert.Equal("out of paper", cause.Message);
        Assert.True(cause.NonRetryable);
    });

    [Fact]
    public async Task Result_WhenTheIdIsUnknown_IsNotFound()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => engine.Client.GetWorkflowHandle(SdkEngine.NewName("unknown")).GetResultAsync());

        Assert.Equal(RpcException.StatusCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task Cancel_WhenTheWorkflowWaits_EndsItAsCanceled() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);
        await handle.CancelAsync();

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType<CanceledFailureException>(failed.InnerException);
        Assert.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
    });

    [Fact]
    public async Task Cancel_WhenTheWorkflowCleansUp_LetsItComplete() => await engine.WithWorkerAsync(
        options => options.AddWorkflow<CleaningWorkflow>(),
        async queue =>
        {
            var handle = await engine.Client.StartWorkflowAsync(
                (CleaningWorkflow cleaning) => cleaning.RunAsync(), new(SdkEngine.NewName("cleaning"), queue));
            await handle.CancelAsync();

            Assert.Equal("clean", await handle.GetResultAsync());
        });

    [Fact]
    public async Task Terminate_GivesReasonAndDetails()
    {
        var handle = await engine.StartWaitingAsync();
        await handle.TerminateAsync("no longer wanted", new() { Details = ["by", "Ada"] });

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.Equal("no longer wanted", Assert.IsType<TerminatedFailureException>(failed.InnerException).Message);
        var last = (await handle.FetchHistoryAsync()).Events.Last().WorkflowExecutionTerminatedEventAttributes;
        Assert.Equal("no longer wanted", last.Reason);
        Assert.Equal(
            ["by", "Ada"],
            last.Details.Payloads_.Select(
                payload => (string)DataConverter.Default.PayloadConverter.ToValue(payload, typeof(string))!));
    }

    [Fact]
    public async Task CancelAndTerminate_WhenTheRunIsClosed_AreAcceptedAndNotFound()
    {
        var handle = await engine.StartWaitingAsync();
        await handle.TerminateAsync();

        await handle.CancelAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => handle.TerminateAsync());

        Assert.Equal(RpcException.StatusCode.NotFound, refused.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Workflow_WhenItsTimeIsUp_TimesOut(bool isRunTimeout)
    {
        var handle = await engine.StartWaitingAsync(configure: options =>
        {
            options.RunTimeout = isRunTimeout ? TimeSpan.FromMilliseconds(200) : null;
            options.ExecutionTimeout = isRunTimeout ? null : TimeSpan.FromMilliseconds(200);
        });

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType<TimeoutFailureException>(failed.InnerException);
        Assert.Equal(WorkflowExecutionStatus.TimedOut, (await handle.DescribeAsync()).Status);
    }

    private Task WithWorkerAsync(Func<string, Task> body) =>
        engine.WithWorkerAsync(options => options.AddWorkflow<WaitingWorkflow>(), body);

    [Workflow]
    public sealed class CleaningWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            try
            {
                await Workflow.DelayAsync(TimeSpan.FromDays(1));
                return "slept";
            }
            catch (Exception canceled) when (TemporalException.IsCanceledException(canceled))
            {
                await Workflow.DelayAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return "clean";
            }
        }
    }
}
