using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>What becomes of an operation whose caller cancels it.</summary>
public sealed class NexusCancelTypeTests(SdkEngine engine)
{
    [Fact]
    public Task Cancel_WhenTheCallerWaitsForTheEnd_EndsWhenTheWorkflowIsCanceled() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync(
            "Work", change: With(NexusOperationCancellationType.WaitCancellationCompleted));
        await caller.SignalAsync(c => c.CancelOperationAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Work"));
        await AssertWorkIsCanceledAsync(desk);
        var types = await SdkEngine.EventTypesAsync(caller);
        Assert.Contains(EventType.NexusOperationCancelRequested, types);
        Assert.Contains(EventType.NexusOperationCanceled, types);
    });

    [Fact]
    public Task Cancel_WhenTheWorkflowDoesNotListen_GivesItsResultToTheCallerThatWaits() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync(
            "WorkOn", change: With(NexusOperationCancellationType.WaitCancellationCompleted));
        await caller.SignalAsync(c => c.CancelOperationAsync());
        var told = await NexusDesk.UntilAsync(caller, EventType.NexusOperationCancelRequestCompleted);
        await desk.SignalWorkAsync(work => work.FinishAsync("nevertheless"));

        Assert.Equal("nevertheless", await caller.GetResultAsync());
        var requested = await NexusDesk.UntilAsync(caller, EventType.NexusOperationCancelRequested);
        var scheduled = await NexusDesk.UntilAsync(caller, EventType.NexusOperationScheduled);
        var attributes = told.NexusOperationCancelRequestCompletedEventAttributes;
        Assert.Equal(
            (requested.EventId, scheduled.EventId), (attributes.RequestedEventId, attributes.ScheduledEventId));
    });

    [Fact]
    public Task Cancel_WhenTheCallerWaitsForTheRequest_EndsWhenTheHandlerKnows() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync(
            "WorkOn", change: With(NexusOperationCancellationType.WaitCancellationRequested));
        await caller.SignalAsync(c => c.CancelOperationAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "WorkOn"));
        var types = await SdkEngine.EventTypesAsync(caller);
        Assert.Contains(EventType.NexusOperationCancelRequestCompleted, types);
        Assert.DoesNotContain(EventType.NexusOperationCanceled, types);
        Assert.Equal(WorkflowExecutionStatus.Running, (await desk.Worked.DescribeAsync()).Status);
        Assert.Contains(EventType.WorkflowExecutionCancelRequested, await SdkEngine.EventTypesAsync(desk.Worked));
    });

    [Fact]
    public Task Cancel_WhenTheCallerDoesNotWait_IsSentAndTheCallerGoesOn() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("WorkOn", change: call => call with
        {
            Cancellation = NexusOperationCancellationType.TryCancel,
            Lingers = true,
        });
        await caller.SignalAsync(c => c.CancelOperationAsync());
        await NexusDesk.UntilAsync(desk.Worked, EventType.WorkflowExecutionCancelRequested);
        await caller.SignalAsync(c => c.EndAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "WorkOn"));
        Assert.DoesNotContain(EventType.NexusOperationCanceled, await SdkEngine.EventTypesAsync(caller));
        Assert.Equal(WorkflowExecutionStatus.Running, (await desk.Worked.DescribeAsync()).Status);
    });

    [Fact]
    public Task Cancel_WhenTheOperationIsAbandoned_IsNotAskedFor() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work", change: With(NexusOperationCancellationType.Abandon));
        await caller.SignalAsync(c => c.CancelOperationAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Work"));
        Assert.DoesNotContain(EventType.NexusOperationCancelRequested, await SdkEngine.EventTypesAsync(caller));
        await desk.SignalWorkAsync(work => work.FinishAsync("unheard"));
        Assert.Equal("unheard", await desk.Worked.GetResultAsync<string>());
    });

    [Fact]
    public Task Cancel_WhenTheOperationHasNotStarted_IsSentWhenItHas() => WithClosedDeskAsync(async desk =>
    {
        var caller = await desk.CallAsync("Work");
        await NexusDesk.UntilAsync(caller, EventType.NexusOperationScheduled);
        await caller.SignalAsync(c => c.CancelOperationAsync());
        await NexusDesk.UntilAsync(caller, EventType.NexusOperationCancelRequested);
        desk.Work.Open();

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Work"));
        await AssertWorkIsCanceledAsync(desk);
        Assert.Equal(
            [
                EventType.NexusOperationScheduled,
                EventType.NexusOperationCancelRequested,
                EventType.NexusOperationStarted,
                EventType.NexusOperationCancelRequestCompleted,
                EventType.NexusOperationCanceled,
            ],
            (await SdkEngine.EventTypesAsync(caller)).Where(type => $"{type}".StartsWith("Nexus")));
    });

    [Fact]
    public Task Cancel_WhenTheHandlerCannot_SaysWhy() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Insist", "token");
        await caller.SignalAsync(c => c.CancelOperationAsync());

        var failed = await NexusDesk.UntilAsync(caller, EventType.NexusOperationCancelRequestFailed);

        var failure = failed.NexusOperationCancelRequestFailedEventAttributes.Failure;
        Assert.Equal(("it insists", "NOT_IMPLEMENTED"), (failure.Message, failure.NexusHandlerFailureInfo.Type));
        await caller.TerminateAsync();
    });

    [Fact]
    public Task Cancel_OfTheCallingWorkflow_ReachesTheOneBehindTheOperation() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await caller.CancelAsync();

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => caller.GetResultAsync());

        Assert.IsType<CanceledFailureException>(failed.InnerException);
        await AssertWorkIsCanceledAsync(desk);
    });

    private static Func<NexusCaller.Call, NexusCaller.Call> With(NexusOperationCancellationType type) =>
        call => call with { Cancellation = type };

    private static async Task AssertWorkIsCanceledAsync(NexusDesk desk)
    {
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => desk.Worked.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failed.InnerException);
    }

    private Task RunAsync(Func<NexusDesk, Task> body) => NexusDesk.RunAsync(engine.Client, body);

    private async Task WithClosedDeskAsync(Func<NexusDesk, Task> body)
    {
        var desk = new NexusDesk(engine.Client);
        await desk.CreateEndpointAsync();
        await desk.WithWorkerAsync(() => body(desk));
    }
}
