using NexusRpc.Handlers;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Operations that a workflow does.</summary>
public sealed class NexusWorkflowTests(SdkEngine engine)
{
    [Fact]
    public Task Operation_WhenItsWorkflowCompletes_GivesItsResultAndLinksBoth() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        var pending = await NexusDesk.UntilPendingAsync(
            caller, operation => operation.State == PendingNexusOperationState.Started);
        await desk.SignalWorkAsync(work => work.FinishAsync("done"));

        Assert.Equal("done", await caller.GetResultAsync());
        var events = (await caller.FetchHistoryAsync()).Events;
        var scheduled = events.Single(e => e.EventType == EventType.NexusOperationScheduled);
        var started = events.Single(e => e.EventType == EventType.NexusOperationStarted);
        Assert.Equal(scheduled.EventId, started.NexusOperationStartedEventAttributes.ScheduledEventId);
        Assert.Equal(pending.OperationToken, started.NexusOperationStartedEventAttributes.OperationToken);
        var forth = Link(started.Links);
        Assert.Equal(("default", desk.WorkId, 1L), (forth.Namespace, forth.WorkflowId, forth.EventRef.EventId));
        Assert.Equal(EventType.WorkflowExecutionStarted, forth.EventRef.EventType);
        var begun = (await desk.Worked.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        var back = Link(Assert.Single(begun.CompletionCallbacks).Links);
        Assert.Equal(("default", caller.Id, caller.ResultRunId), (back.Namespace, back.WorkflowId, back.RunId));
        Assert.Equal(
            (EventType.NexusOperationScheduled, scheduled.EventId), (back.EventRef.EventType, back.EventRef.EventId));
        var callback = Assert.Single((await SdkEngine.DescribeRawAsync(desk.Worked)).Callbacks);
        Assert.Equal(CallbackState.Succeeded, callback.State);
    });

    [Fact]
    public Task Operation_WhenItsWorkflowFails_FailsWithThatFailure() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.SignalWorkAsync(work => work.FailAsync("worked in vain"));

        var reason = Assert.IsType<ApplicationFailureException>(await desk.ReasonAsync(caller, "Work"));

        Assert.Equal("worked in vain", reason.Message);
        Assert.Contains(EventType.NexusOperationFailed, await SdkEngine.EventTypesAsync(caller));
    });

    [Fact]
    public Task Operation_WhenItsWorkflowIsCanceled_IsCanceled() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.Worked.CancelAsync();

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Work"));
        Assert.Contains(EventType.NexusOperationCanceled, await SdkEngine.EventTypesAsync(caller));
    });

    [Fact]
    public Task Operation_WhenItsWorkflowIsTerminated_FailsAsTerminated() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.Worked.TerminateAsync("enough");

        var reason = Assert.IsType<TerminatedFailureException>(await desk.ReasonAsync(caller, "Work"));

        Assert.Equal("operation terminated", reason.Message);
        Assert.Contains(EventType.NexusOperationFailed, await SdkEngine.EventTypesAsync(caller));
    });

    [Fact]
    public Task Operation_WhenItsWorkflowTimesOut_FailsAndHasNotTimedOutItself() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("WorkBriefly");

        var reason = Assert.IsType<TimeoutFailureException>(await desk.ReasonAsync(caller, "WorkBriefly"));

        Assert.Equal("operation exceeded internal timeout", reason.Message);
        var types = await SdkEngine.EventTypesAsync(caller);
        Assert.Contains(EventType.NexusOperationFailed, types);
        Assert.DoesNotContain(EventType.NexusOperationTimedOut, types);
    });

    [Fact]
    public Task Operation_WhenItsWorkflowContinuesAsNew_EndsWithTheLastRun() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.SignalWorkAsync(work => work.ContinueAsync());
        while ((await SdkEngine.DescribeRawAsync(desk.Worked)).WorkflowExecutionInfo is var current
            && current.Execution.RunId == current.FirstRunId)
        {
            await Task.Delay(20);
        }

        Assert.NotNull(await NexusDesk.UntilPendingAsync(
            caller, operation => operation.State == PendingNexusOperationState.Started));
        await desk.SignalWorkAsync(work => work.FinishAsync("at last"));

        Assert.Equal("at last", await caller.GetResultAsync());
    });

    [Fact]
    public async Task Operation_WhenItsEndpointIsInAnotherNamespace_IsDoneThereAndLinkedAcross()
    {
        var there = SdkEngine.NewName("namespace");
        await engine.Client.WorkflowService.RegisterNamespaceAsync(
            new() { Namespace = there, WorkflowExecutionRetentionPeriod = new() { Seconds = 24 * 60 * 60 } });
        var far = new NexusDesk(await engine.ConnectAsync(there));
        var near = new NexusDesk(engine.Client) { Name = far.Name };
        far.Work.Open();
        await far.CreateEndpointAsync();

        await near.WithWorkerAsync(() => far.WithWorkerAsync(async () =>
        {
            var caller = await near.BeginAsync("Work", far.WorkId);
            await far.SignalWorkAsync(work => work.FinishAsync("done there"));

            Assert.Equal("done there", await caller.GetResultAsync());
            var started = await NexusDesk.UntilAsync(caller, EventType.NexusOperationStarted);
            Assert.Equal((there, far.WorkId), (Link(started.Links).Namespace, Link(started.Links).WorkflowId));
            var begun = await NexusDesk.UntilAsync(far.Worked, EventType.WorkflowExecutionStarted);
            var callback = Assert.Single(begun.WorkflowExecutionStartedEventAttributes.CompletionCallbacks);
            Assert.Equal(("default", caller.Id), (Link(callback.Links).Namespace, Link(callback.Links).WorkflowId));
            Assert.Empty(near.Work.Requests);
        }));
    }

    [Fact]
    public Task Operation_WhenItsWorkflowRunsAlready_FailsOrJoinsAsItsHandlerSays() => RunAsync(async desk =>
    {
        var first = await desk.BeginAsync("Work");

        var refused = Assert.IsType<HandlerException>(await desk.ReasonAsync(await desk.CallAsync("Work"), "Work"));
        var joined = await desk.BeginAsync("Join");
        await desk.SignalWorkAsync(work => work.FinishAsync("once"));

        Assert.StartsWith("Workflow execution is already running", refused.InnerException?.Message);
        Assert.Equal(("once", "once"), (await first.GetResultAsync(), await joined.GetResultAsync()));
        var attached = await NexusDesk.UntilAsync(desk.Worked, EventType.WorkflowExecutionOptionsUpdated);
        var callback = Assert.Single(
            attached.WorkflowExecutionOptionsUpdatedEventAttributes.AttachedCompletionCallbacks);
        Assert.Equal(joined.Id, Link(callback.Links).WorkflowId);
        Assert.Empty(attached.Links);
        Assert.Equal(
            EventType.WorkflowExecutionOptionsUpdated,
            Link((await NexusDesk.UntilAsync(joined, EventType.NexusOperationStarted)).Links).RequestIdRef.EventType);
    });

    [Fact]
    public Task Operation_WhenAnActivityDoesIt_GivesItsResult() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Act");
        NexusActivity.Finish(desk.WorkId, "acted");

        Assert.Equal("acted", await caller.GetResultAsync());
    });

    [Fact]
    public Task Operation_WhenAnActivityDoesItAndItIsCanceled_StopsTheActivity() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Act");
        await caller.SignalAsync(c => c.CancelOperationAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Act"));
        var activity = await engine.Client.GetActivityHandle(desk.WorkId).DescribeAsync();
        Assert.Equal(ActivityExecutionStatus.Canceled, activity.Status);
    });

    [Fact]
    public Task Operation_WhenAnUpdateOfAWorkflowDoesIt_GivesItsResultAndLinksBoth() => RunAsync(async desk =>
    {
        await desk.StartWorkAsync();
        var caller = await desk.BeginAsync("Ask");
        var started = await NexusDesk.UntilAsync(caller, EventType.NexusOperationStarted);
        await desk.SignalWorkAsync(work => work.FinishAsync("told"));

        Assert.Equal("told", await caller.GetResultAsync());
        Assert.Equal(desk.WorkId, Link(started.Links).WorkflowId);
        var accepted = await NexusDesk.UntilAsync(desk.Worked, EventType.WorkflowExecutionUpdateAccepted);
        Assert.Equal(caller.Id, Link(accepted.Links).WorkflowId);
        Assert.Empty(accepted.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest.Links);
    });

    private static Link.Types.WorkflowEvent Link(IEnumerable<Link> links) => Assert.Single(links).WorkflowEvent;

    private Task RunAsync(Func<NexusDesk, Task> body) => NexusDesk.RunAsync(engine.Client, body);
}
