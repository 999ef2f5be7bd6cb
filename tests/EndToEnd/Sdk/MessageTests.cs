using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Signals and queries.</summary>
public sealed class MessageTests(SdkEngine engine)
{
    private static readonly string[] Numbers = [.. Enumerable.Range(1, 50).Select(number => $"{number}")];

    [Fact]
    public async Task Signals_WhenManyCome_ArriveInOrder() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);
        foreach (var number in Numbers)
        {
            await handle.SignalAsync(w => w.TellAsync(number));
        }

        Assert.Equal(Numbers, await handle.QueryAsync(w => w.Told()));
    });

    [Fact]
    public async Task Signal_WhenTheRequestIsRepeated_IsTakenOnce() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);
        var request = new SignalWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = handle.Id },
            SignalName = "Tell",
            Input = new() { Payloads_ = { await DataConverter.Default.ToPayloadAsync("once") } },
            RequestId = SdkEngine.NewName("request"),
        };
        await engine.Client.WorkflowService.SignalWorkflowExecutionAsync(request);
        await engine.Client.WorkflowService.SignalWorkflowExecutionAsync(request);

        Assert.Equal(["once"], await handle.QueryAsync(w => w.Told()));
    });

    [Fact]
    public async Task SignalWithStart_WhenNothingRuns_StartsAndSignals() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(
            queue, options => options.SignalWithStart((WaitingWorkflow waiting) => waiting.TellAsync("first")));

        Assert.Equal(["first"], await handle.QueryAsync(w => w.Told()));
        Assert.Equal(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowExecutionSignaled, EventType.WorkflowTaskScheduled],
            (await SdkEngine.EventTypesAsync(handle)).Take(3));
    });

    [Fact]
    public async Task SignalWithStart_WhenItRuns_OnlySignals() => await WithWorkerAsync(async queue =>
    {
        var first = await engine.StartWaitingAsync(queue);

        var second = await engine.StartWaitingAsync(queue, options =>
        {
            options.Id = first.Id;
            options.SignalWithStart((WaitingWorkflow waiting) => waiting.TellAsync("later"));
        });

        Assert.Equal(first.ResultRunId, second.ResultRunId);
        Assert.Equal(["later"], await first.QueryAsync(w => w.Told()));
    });

    [Fact]
    public async Task Signal_WhenTheRunIsClosed_IsNotFound()
    {
        var handle = await engine.StartWaitingAsync();
        await handle.TerminateAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => handle.SignalAsync(w => w.TellAsync("late")));

        Assert.Equal(
            (RpcException.StatusCode.NotFound, "workflow execution already completed"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Query_WhenItsHandlerFails_SaysTheHandlersWords() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);

        var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(
            () => handle.QueryAsync(w => w.Refuse("not today")));

        Assert.Equal("not today", failed.Message);
    });

    [Fact]
    public async Task Query_WhenTheRunIsClosed_IsAnsweredOrRejectedAsAsked() => await WithWorkerAsync(async queue =>
    {
        var handle = await engine.StartWaitingAsync(queue);
        await handle.SignalAsync(w => w.TellAsync("remember"));
        await handle.SignalAsync(w => w.FinishAsync("done"));
        await handle.GetResultAsync();

        Assert.Equal(["remember"], await handle.QueryAsync(w => w.Told()));
        var rejected = await Assert.ThrowsAsync<WorkflowQueryRejectedException>(() => handle.QueryAsync(
            w => w.Told(), new() { RejectCondition = QueryRejectCondition.NotOpen }));
        Assert.Equal(WorkflowExecutionStatus.Completed, rejected.WorkflowStatus);
    });

    [Fact]
    public async Task Query_WhenNobodyWorks_FailsBeforeItsDeadline()
    {
        var handle = await engine.StartWaitingAsync(SdkEngine.NewName("nobody"));

        // Retries would hide the first answer.
        var failed = await Assert.ThrowsAnyAsync<RpcException>(() => handle.QueryAsync(
            w => w.Told(), new() { Rpc = new() { Retry = false, Timeout = TimeSpan.FromSeconds(20) } }));

        Assert.True(
            failed.Code is RpcException.StatusCode.FailedPrecondition or RpcException.StatusCode.DeadlineExceeded,
            $"{failed.Code}: {failed.Message}");
    }

    private Task WithWorkerAsync(Func<string, Task> body) =>
        engine.WithWorkerAsync(options => options.AddWorkflow<WaitingWorkflow>(), body);
}
