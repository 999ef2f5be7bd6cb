using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.TaskQueues;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Queries;

public sealed class QueryDispatcherTests : IDisposable
{
    private static readonly RunState Idle = Given(WorkflowIsIdle()).State;
    private static readonly RunState Cached = Idle with { Sticky = new StickyQueue(QueryFixture.StickyQueue, 5.Seconds()) };
    private static readonly RunState Busy = Given(WorkflowIsIdle(), WorkflowTaskScheduled()).State;

    private readonly QueryFixture _fixture = new() { State = Idle };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Query_WhenAPollerWaits_GoesToItWithHistoryAndIsAnswered()
    {
        var poll = _fixture.Poll();

        var asked = _fixture.Ask();

        var task = TaskOf(poll);
        Assert.False(task.IsSticky);
        Assert.Equal("state", task.Query.QueryType);
        Assert.Null(_fixture.Answer(task.QueryId, "42"));
        Assert.Equal("42", QueryFixture.TextOf(await asked));
        Assert.Equal(0, _fixture.Dispatcher.OpenCount);
    }

    [Fact]
    public async Task Query_WhenAPollerComesLater_GoesToIt()
    {
        var asked = _fixture.Ask();
        var poll = _fixture.Poll();

        _fixture.Answer(TaskOf(poll).QueryId, "42");

        Assert.Equal("42", QueryFixture.TextOf(await asked));
    }

    [Fact]
    public async Task Query_WhenTheWorkerHasTheRunCached_GoesToItWithoutHistory()
    {
        _fixture.State = Cached;
        var normal = _fixture.Poll();
        var sticky = _fixture.Poll(sticky: true);

        var asked = _fixture.Ask();

        Assert.Equal(0, normal.Endings);
        var task = TaskOf(sticky);
        Assert.True(task.IsSticky);
        _fixture.Answer(task.QueryId, "42");
        Assert.Equal("42", QueryFixture.TextOf(await asked));
        Assert.Equal(0, _fixture.StickinessResets);
    }

    [Fact]
    public void Query_WhenTheStickyWorkerIsGone_GoesToTheNormalQueueAtOnce()
    {
        _fixture.State = Cached;
        var normal = _fixture.Poll();

        _ = _fixture.Ask();

        Assert.False(TaskOf(normal).IsSticky);
        Assert.Equal(1, _fixture.StickinessResets);
    }

    [Fact]
    public async Task Query_WhenTheStickyWorkerIsSilent_GoesToTheNormalQueueAfterItsTimeout()
    {
        _fixture.State = Cached;
        var sticky = _fixture.Poll(sticky: true);
        var normal = _fixture.Poll();
        var asked = _fixture.Ask();
        Assert.Equal(1, sticky.Endings);

        _fixture.Advance(5.Seconds());

        Assert.False(TaskOf(normal).IsSticky);
        Assert.Equal(1, _fixture.StickinessResets);
        _fixture.Answer(TaskOf(normal).QueryId, "42");
        Assert.Equal("42", QueryFixture.TextOf(await asked));
    }

    [Fact]
    public void Query_WhenTheStickyWorkerShutsDown_GoesToTheNormalQueue()
    {
        _fixture.State = Cached;
        _fixture.Matcher.Cancel(_fixture.Poll(sticky: true).Poller);
        _ = _fixture.Ask();

        _fixture.Matcher.ShutDownWorker(Key.Namespace, QueryFixture.StickyQueue, "");

        Assert.False(TaskOf(_fixture.Poll()).IsSticky);
    }

    [Fact]
    public async Task Query_WhenNobodyPolledLately_SaysSoASecondBeforeTheDeadline()
    {
        var asked = _fixture.Ask(10.Seconds());
        _fixture.Advance(8900.Milliseconds());
        Assert.False(asked.IsCompleted);

        _fixture.Advance(100.Milliseconds());

        AssertRefused(
            StatusCode.FailedPrecondition,
            "no poller seen for task queue recently, worker may be down",
            await asked);
    }

    [Fact]
    public async Task Query_WhenAWorkerDoesNotAnswer_TimesOutAndALateAnswerIsUnknown()
    {
        var poll = _fixture.Poll();
        var asked = _fixture.Ask(10.Seconds());

        _fixture.Advance(9.Seconds());

        AssertRefused(
            StatusCode.DeadlineExceeded, "query timed out before a worker could process it", await asked);
        AssertRefused(
            StatusCode.NotFound,
            "query task not found, or already expired",
            new Outcome(null, _fixture.Answer(TaskOf(poll).QueryId, "42")));
    }

    [Fact]
    public async Task Query_WhenTheCallerGoes_IsWithdrawn()
    {
        using var caller = new CancellationTokenSource();
        var asked = _fixture.Ask(left: caller.Token);

        await caller.CancelAsync();
        await asked;

        Assert.Equal(0, _fixture.Poll().Endings);
    }

    [Fact]
    public async Task Query_WhenTheWorkerFailsIt_PassesItsWordsOn()
    {
        var poll = _fixture.Poll();
        var asked = _fixture.Ask();
        var failure = new Temporalio.Api.Failure.V1.Failure { Message = "unknown query" };

        _fixture.Dispatcher.Answer(Key.Namespace, TaskOf(poll).QueryId, new RespondQueryTaskCompletedRequest
        {
            CompletedType = QueryResultType.Failed,
            ErrorMessage = "unknown query",
            Failure = failure,
        });

        var outcome = await asked;
        AssertRefused(StatusCode.InvalidArgument, "unknown query", outcome);
        Assert.Equal(failure, Assert.IsType<QueryFailedFailure>(outcome.Rejection!.Detail).Failure);
    }

    [Fact]
    public async Task Query_WhenTheAnswerIsTooLarge_Fails()
    {
        var poll = _fixture.Poll();
        var asked = _fixture.Ask();

        _fixture.Answer(TaskOf(poll).QueryId, new string('x', EngineLimits.Default.BlobSizeError));

        AssertRefused(StatusCode.InvalidArgument, "Blob data size exceeds limit.", await asked);
    }

    [Fact]
    public async Task Query_WhenAnsweredFromAnotherNamespace_IsNotFound()
    {
        var poll = _fixture.Poll();
        var asked = _fixture.Ask();

        var refused = _fixture.Dispatcher.Answer(
            new NamespaceId(Guid.Empty), TaskOf(poll).QueryId, new RespondQueryTaskCompletedRequest());

        Assert.Equal(StatusCode.NotFound, refused?.Code);
        _fixture.Answer(TaskOf(poll).QueryId, "42");
        Assert.Equal("42", QueryFixture.TextOf(await asked));
    }

    [Fact]
    public async Task Query_WhenTheRunIsUnknownOrTheConditionHolds_IsRefusedOrRejected()
    {
        _fixture.State = null;
        AssertRefused(StatusCode.NotFound, "workflow not found for ID: workflow", await _fixture.Ask());

        _fixture.State = Given(WorkflowIsIdle(), WorkflowExecutionTerminated()).State;
        var outcome = await _fixture.Ask(condition: QueryRejectCondition.NotOpen);
        Assert.Equal(
            WorkflowExecutionStatus.Terminated,
            Assert.IsType<QueryWorkflowResponse>(outcome.Reply).QueryRejected.Status);
    }

    [Fact]
    public async Task Query_WhenAWorkflowTaskIsPending_TravelsWithIt()
    {
        _fixture.State = Busy;
        var asked = _fixture.Ask();

        var (id, query) = Assert.Single(_fixture.Buffer.ForTask()!);
        Assert.Equal("state", query.QueryType);
        _fixture.Advance(Idle, new Dictionary<string, WorkflowQueryResult>
        {
            [id] = new() { ResultType = QueryResultType.Answered, Answer = QueryFixture.PayloadsOf("42") },
        });

        Assert.Equal("42", QueryFixture.TextOf(await asked));
        Assert.True(_fixture.Buffer.IsEmpty);
        Assert.Null(_fixture.Buffer.ForTask());
    }

    [Fact]
    public void Query_WhenItsWorkflowTaskFails_WaitsForTheNext()
    {
        _fixture.State = Busy;
        var asked = _fixture.Ask();
        var first = Assert.Single(_fixture.Buffer.ForTask()!).Key;

        _fixture.Advance(Busy);

        Assert.Equal(first, Assert.Single(_fixture.Buffer.ForTask()!).Key);
        Assert.False(asked.IsCompleted);
    }

    [Fact]
    public async Task Query_WhenTheWorkflowTaskEndsWithoutAnAnswer_IsAskedDirectly()
    {
        _fixture.State = Busy;
        var asked = _fixture.Ask();

        _fixture.Advance(Idle);
        var poll = _fixture.Poll();

        _fixture.Answer(TaskOf(poll).QueryId, "42");
        Assert.Equal("42", QueryFixture.TextOf(await asked));
    }

    [Fact]
    public async Task Query_WhenAnotherOneWaitsForTheWorkflowTask_IsRefused()
    {
        _fixture.State = Busy;
        _ = _fixture.Ask();

        var outcome = await _fixture.Ask();

        AssertRefused(
            StatusCode.ResourceExhausted,
            "consistent query buffer is full, this may be caused by too many queries and workflow not able to process "
            + "query fast enough",
            outcome);
        var detail = Assert.IsType<ResourceExhaustedFailure>(outcome.Rejection!.Detail);
        Assert.Equal(ResourceExhaustedCause.BusyWorkflow, detail.Cause);
    }

    [Fact]
    public async Task Query_WhenItTimesOutInTheBuffer_MakesRoom()
    {
        _fixture.State = Busy;
        var asked = _fixture.Ask(10.Seconds());

        _fixture.Advance(9.Seconds());

        AssertRefused(StatusCode.DeadlineExceeded, "query timed out before a worker could process it", await asked);
        Assert.Null(_fixture.Buffer.ForTask());
        var next = _fixture.Ask();
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task EndAll_RefusesWhoeverStillWaits()
    {
        var asked = _fixture.Ask();

        _fixture.Dispatcher.EndAll();

        Assert.Equal(StatusCode.Unavailable, (await asked).Rejection?.Code);
    }

    private static QueryTask TaskOf(Poll poll) => Assert.IsType<QueryTask>(poll.Outcome?.Reply);

    private static void AssertRefused(StatusCode code, string message, Outcome outcome) =>
        Assert.Equal((code, message), (outcome.Rejection?.Code, outcome.Rejection?.Message));
}
