using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Operations that end with the answer to the request, or never get one.</summary>
public sealed class NexusTests(SdkEngine engine)
{
    [Fact]
    public Task Operation_WhenItIsDoneAtOnce_GivesItsResultWithoutAStart() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Say", "hello", call => call with { Summary = "says it" });

        Assert.Equal("hello", await caller.GetResultAsync());
        var events = (await caller.FetchHistoryAsync()).Events;
        var scheduled = Assert.Single(events, e => e.EventType == EventType.NexusOperationScheduled);
        var completed = Assert.Single(events, e => e.EventType == EventType.NexusOperationCompleted);
        Assert.DoesNotContain(events, e => e.EventType == EventType.NexusOperationStarted);
        Assert.Equal("\"says it\"", scheduled.UserMetadata.Summary.Data.ToStringUtf8());
        var attributes = scheduled.NexusOperationScheduledEventAttributes;
        Assert.Equal(
            (desk.Name, "NexusWork", "Say"), (attributes.Endpoint, attributes.Service, attributes.Operation));
        Assert.Equal(scheduled.EventId, completed.NexusOperationCompletedEventAttributes.ScheduledEventId);
        Assert.Equal(attributes.RequestId, completed.NexusOperationCompletedEventAttributes.RequestId);
    });

    [Fact]
    public Task Handler_WhenItIsAsked_KnowsWhoAsks() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Say", "hello");
        await caller.GetResultAsync();

        var request = Assert.Single(desk.Work.Requests);
        var scheduled = (await caller.FetchHistoryAsync()).Events.Single(
            e => e.EventType == EventType.NexusOperationScheduled);
        Assert.Equal(scheduled.NexusOperationScheduledEventAttributes.RequestId, request.RequestId);
        var link = Assert.Single(request.InboundLinks);
        Assert.Equal("temporal.api.common.v1.Link.WorkflowEvent", link.Type);
        Assert.Equal(
            $"temporal:///namespaces/default/workflows/{caller.Id}/{caller.ResultRunId}/history"
            + $"?eventID={scheduled.EventId}&eventType=NexusOperationScheduled&referenceType=EventReference",
            $"{link.Uri}");
    });

    [Fact]
    public Task Operation_WhenItsHandlerFailsIt_TellsTheWholeReason() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Fail", "in vain");

        var reason = Assert.IsType<ApplicationFailureException>(await desk.ReasonAsync(caller, "Fail"));
        Assert.Equal("in vain", reason.Message);
        var cause = Assert.IsType<ApplicationFailureException>(reason.InnerException);
        Assert.Equal(("because", "Reason"), (cause.Message, cause.ErrorType));
        Assert.Contains(EventType.NexusOperationFailed, await SdkEngine.EventTypesAsync(caller));
    });

    [Fact]
    public Task Operation_WhenItsHandlerGivesItUp_IsCanceled() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("GiveUp", "no more");

        var reason = Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "GiveUp"));
        Assert.Equal("no more", reason.Message);
        Assert.Contains(EventType.NexusOperationCanceled, await SdkEngine.EventTypesAsync(caller));
    });

    [Fact]
    public Task Operation_WhenItsHandlerRefusesTheRequest_FailsAtTheFirstAttempt() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Refuse", "not like this");

        var refused = Assert.IsType<HandlerException>(await desk.ReasonAsync(caller, "Refuse"));
        Assert.Equal((HandlerErrorType.BadRequest, "not like this"), (refused.ErrorType, refused.Message));
        Assert.Single(desk.Work.Requests);
    });

    [Fact]
    public Task Operation_WhenNoHandlerKnowsIt_FailsAsNotFound() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Dance", "tango");

        Assert.Equal(
            HandlerErrorType.NotFound,
            Assert.IsType<HandlerException>(await desk.ReasonAsync(caller, "Dance")).ErrorType);
    });

    [Fact]
    public Task Operation_WhenItsHandlerStumbles_IsTriedAgainWithTheSameRequestUntilItIsDone() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Stumble", "up again");
        var pending = await NexusDesk.UntilPendingAsync(caller, operation => operation.Attempt >= 2);
        desk.Work.IsMended = true;

        Assert.Equal("up again", await caller.GetResultAsync());
        Assert.Equal("stumbled", pending.LastAttemptFailure.Message);
        Assert.Equal("INTERNAL", pending.LastAttemptFailure.NexusHandlerFailureInfo.Type);
        Assert.True(desk.Work.Requests.Count >= 2, $"{desk.Work.Requests.Count} requests");
        Assert.Single(desk.Work.Requests.Select(request => request.RequestId).Distinct());
        Assert.Equal(
            [EventType.NexusOperationScheduled, EventType.NexusOperationCompleted],
            (await SdkEngine.EventTypesAsync(caller)).Where(type => $"{type}".StartsWith("Nexus")));
    });

    [Fact]
    public Task Handler_WhenItSignalsWorkflows_IsLinkedWithEachOfThem() => RunAsync(async desk =>
    {
        string[] ids = [SdkEngine.NewName("told"), SdkEngine.NewName("told")];
        var told = new List<WorkflowHandle>();
        foreach (var id in ids)
        {
            told.Add(await engine.Client.StartWorkflowAsync(
                (NexusWorkflow workflow) => workflow.RunAsync(false), new(id, desk.Queue)));
        }

        var caller = await desk.CallAsync("Tell", string.Join(' ', ids));

        Assert.Equal("told", await caller.GetResultAsync());
        var completed = await NexusDesk.UntilAsync(caller, EventType.NexusOperationCompleted);
        Assert.Equal(ids, completed.Links.Select(link => link.WorkflowEvent.WorkflowId));
        Assert.All(completed.Links, link => Assert.Equal(
            EventType.WorkflowExecutionSignaled, link.WorkflowEvent.RequestIdRef.EventType));
        foreach (var handle in told)
        {
            var signaled = await NexusDesk.UntilAsync(handle, EventType.WorkflowExecutionSignaled);
            Assert.Equal(caller.Id, Assert.Single(signaled.Links).WorkflowEvent.WorkflowId);
        }
    });

    [Theory]
    [InlineData(TimeoutType.ScheduleToClose)]
    [InlineData(TimeoutType.ScheduleToStart)]
    [InlineData(TimeoutType.StartToClose)]
    public Task Operation_WhenItsTimeIsUp_SaysWhichTime(TimeoutType type) => RunAsync(async desk =>
    {
        var brief = TimeSpan.FromSeconds(1);
        var operation = type == TimeoutType.StartToClose ? "Work" : "Hang";
        var caller = await desk.CallAsync(operation, change: call => type switch
        {
            TimeoutType.ScheduleToClose => call with { Longest = brief },
            TimeoutType.ScheduleToStart => call with { LongestWait = brief },
            _ => call with { LongestRun = brief },
        });

        var reason = Assert.IsType<TimeoutFailureException>(await desk.ReasonAsync(caller, operation));

        Assert.Equal((type, "operation timed out"), (reason.TimeoutType, reason.Message));
        var types = await SdkEngine.EventTypesAsync(caller);
        Assert.Contains(EventType.NexusOperationTimedOut, types);
        Assert.Equal(type == TimeoutType.StartToClose, types.Contains(EventType.NexusOperationStarted));
        Assert.NotEmpty(desk.Work.Requests);
    });

    private Task RunAsync(Func<NexusDesk, Task> body) => NexusDesk.RunAsync(engine.Client, body);
}
