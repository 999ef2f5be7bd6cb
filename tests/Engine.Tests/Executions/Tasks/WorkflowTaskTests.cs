using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Tasks;

public sealed class WorkflowTaskTests
{
    [Fact]
    public void Poll_WhenTheFirstTaskWaits_StartsItWithTheWholeHistory() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled())
            .When(Poll())
            .Then(WorkflowTaskStarted(a =>
            {
                a.ScheduledEventId = 2;
                a.Identity = "worker";
                a.RequestId = "poll-request";
            }))
            .AndReply<StartedWorkflowTask>(reply => Assert.Equal(1, reply.FirstEventId))
            .AndEvents(events => Assert.True(events[0].WorkflowTaskStartedEventAttributes.HistorySizeBytes > 100));

    [Fact]
    public void Poll_WhenTheTaskIsStartedAlready_IsStale() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Poll())
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Poll_WhenTheStickyWorkerAsks_GetsOnlyWhatItHasNotSeen() =>
        Given(WorkflowTaskIsStarted())
            .When(CompleteSticky(Timer("t", 5.Seconds())))
            .WhenElapsed(5.Seconds())
            .When(Poll(WorkerQueue))
            .Then(WorkflowTaskStarted())
            .AndReply<StartedWorkflowTask>(reply => Assert.Equal(4, reply.FirstEventId));

    [Fact]
    public void Poll_WhenAnotherWorkerTakesAStickyTask_ClearsStickinessAndGivesAll() =>
        Given(WorkflowTaskIsStarted())
            .When(CompleteSticky(Timer("t", 5.Seconds())))
            .WhenElapsed(5.Seconds())
            .When(Poll(NormalQueue))
            .AndReply<StartedWorkflowTask>(reply => Assert.Equal(1, reply.FirstEventId))
            .AndState(state => Assert.Null(state.Sticky));

    [Fact]
    public void Complete_WhenTheTokenIsOld_IsNotFound() =>
        Given(WorkflowTaskIsStarted())
            .When(state => new CompleteWorkflowTask(
                state.Key, WorkflowTaskReference.Of(state.Task!) with { Attempt = 7 }, new()))
            .ThenNothing()
            .AndRejected(StatusCode.NotFound, "Workflow task not found.");

    [Fact]
    public void Complete_WhenANewTaskIsAskedForInTheAnswer_StartsItInline() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(
                r =>
                {
                    r.ForceCreateNewWorkflowTask = true;
                    r.ReturnNewWorkflowTask = true;
                },
                Marker()))
            .Then(
                WorkflowTaskCompleted(),
                MarkerRecorded(a => a.WorkflowTaskCompletedEventId = 4),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(a => a.RequestId = "request-from-RespondWorkflowTaskCompleted"))
            .AndReply<CompletedWorkflowTask>(reply =>
            {
                Assert.Equal(4, reply.Next!.FirstEventId);
                Assert.Equal(3, reply.Next.State.PreviousStartedEventId);
                Assert.Equal(7, reply.Next.State.Task!.StartedEventId);
            });

    [Fact]
    public void Complete_WhenACommandIsBad_UndoesAllAndRetriesAtOnce() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Timer("t", 1.Seconds()), Marker(name: "")))
            .Then(WorkflowTaskFailed(a =>
            {
                a.Cause = WorkflowTaskFailedCause.BadRecordMarkerAttributes;
                a.Identity = "worker";
            }))
            .AndRejected(
                StatusCode.InvalidArgument,
                "BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.")
            .AndState(state =>
            {
                Assert.Empty(state.Timers);
                Assert.True(state.Task is { IsTransient: true, Attempt: 2, IsStarted: false });
            });

    [Fact]
    public void Complete_WhenACommandIsBadAgain_LeavesTheTaskToItsTimeout() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Marker(name: "")))
            .When(Poll())
            .When(Complete(Marker(name: "")))
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "BadRecordMarkerAttributes: MarkerName is not set on RecordMarkerCommand.")
            .AndNextDeadline(DeadlineKind.WorkflowTaskStartToClose, 10.Seconds());

    [Fact]
    public void Complete_WhenACommandFollowsTheClose_RecordsNothing() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(CompleteWorkflow(), Marker()))
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "invalid command sequence: [CompleteWorkflowExecution, RecordMarker], "
                    + "command CompleteWorkflowExecution must be the last command.");

    [Fact]
    public void Fail_WhenItIsTheFirstAttempt_RecordsItAndRetriesTransiently() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure))
            .AndState(state => Assert.True(state.Task is { IsTransient: true, Attempt: 2 }));

    [Fact]
    public void Fail_WhenItIsARetry_LeavesNoTrace() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .When(Poll())
            .When(Fail())
            .Then()
            .AndState(state => Assert.Equal(3, state.Task!.Attempt));

    [Fact]
    public void Complete_WhenTheTaskIsTransient_WritesScheduledStartedAndCompleted() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .When(Poll())
            .When(Complete(Marker()))
            .Then(
                WorkflowTaskScheduled(a => a.Attempt = 2),
                WorkflowTaskStarted(a => a.ScheduledEventId = 5),
                WorkflowTaskCompleted(a => a.StartedEventId = 6),
                MarkerRecorded())
            .AndState(state => Assert.Equal(6, state.PreviousStartedEventId));

    [Fact]
    public void Poll_WhenEventsCameAfterTheFailure_StartsAFreshFirstAttempt() =>
        Given(WorkflowTaskIsStarted(), WorkflowTaskCompleted(), TimerStarted(a => a.TimerId = "t"))
            .And(WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Fail())
            .WhenElapsed(1.Hours())
            .When(Poll())
            .Then(WorkflowTaskScheduled(a => a.Attempt = 1), WorkflowTaskStarted())
            .AndState(state => Assert.False(state.Task!.IsTransient));

    [Fact]
    public void Fail_WhenTheRunWasSticky_ClearsStickinessAndStaysAtAttemptOne() =>
        Given(WorkflowTaskIsStarted())
            .When(CompleteSticky(Timer("t", 5.Seconds())))
            .WhenElapsed(5.Seconds())
            .When(Poll(WorkerQueue))
            .When(Fail())
            .Then(WorkflowTaskFailed(), WorkflowTaskScheduled(a => a.Attempt = 1))
            .AndState(state => Assert.Null(state.Sticky));

    [Fact]
    public void Timeout_WhenTheStickyWorkerIsGone_MovesTheTaskToTheNormalQueue() =>
        Given(WorkflowTaskIsStarted())
            .When(CompleteSticky(Timer("t", 5.Seconds())))
            .WhenElapsed(5.Seconds())
            .When(state => new FireDeadlines(state.Key), at: 15.Seconds())
            .Then(
                WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.ScheduleToStart),
                WorkflowTaskScheduled(a => a.TaskQueue = new() { Kind = TaskQueueKind.Normal, Name = NormalQueue }));

    [Fact]
    public void Timeout_WhenTheWorkerDoesNotAnswer_RetriesWithLongerTimeFromTheFourthAttempt() =>
        Given(WorkflowTaskIsStarted())
            .When(state => new FireDeadlines(state.Key), at: 10.Seconds())
            .Then(WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.StartToClose))
            .When(Poll())
            .When(state => new FireDeadlines(state.Key), at: 20.Seconds())
            .Then()
            .When(Poll())
            .When(state => new FireDeadlines(state.Key), at: 30.Seconds())
            .When(Poll())
            .AndNextDeadline(DeadlineKind.WorkflowTaskStartToClose, 45.Seconds());

    [Fact]
    public void Complete_WhenASignalCameMeanwhile_FailsAsUnhandledAndShowsTheSignal() =>
        Given(WorkflowTaskIsStarted())
            .WhenDrafted(draft => draft.RecordOrBuffer(EventType.WorkflowExecutionSignaled, e =>
                e.WorkflowExecutionSignaledEventAttributes = new() { SignalName = "s" }))
            .ThenBuffered(WorkflowExecutionSignaled())
            .When(Complete(CompleteWorkflow()))
            .Then(
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.UnhandledCommand),
                WorkflowExecutionSignaled(),
                WorkflowTaskScheduled(a => a.Attempt = 1))
            .AndRejected(StatusCode.InvalidArgument, "UnhandledCommand")
            .AndState(state => Assert.True(state.IsClosing));

    [Fact]
    public void Timer_WhenItFiredIntoTheBufferAndIsCancelled_LetsTheRunClose() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(r => r.ForceCreateNewWorkflowTask = true, Timer("t", 5.Seconds())))
            .When(Poll())
            .When(state => new FireDeadlines(state.Key), at: 5.Seconds())
            .ThenBuffered(TimerFired(a => a.TimerId = "t"))
            .When(Complete(CancelTimer("t"), CompleteWorkflow()))
            .Then(WorkflowTaskCompleted(), TimerCanceled(a => a.TimerId = "t"), WorkflowExecutionCompleted());

    [Fact]
    public void Buffer_WhenItIsFull_TakesTheTaskFromItsWorkerAndShowsWhatGathered()
    {
        var scenario = Given(EngineLimits.Default with { MaxBufferedEvents = 2 }, WorkflowTaskIsStarted())
            .WhenDrafted(draft =>
            {
                for (var count = 0; count < 3; count++)
                {
                    draft.RecordOrBuffer(EventType.WorkflowExecutionSignaled, e =>
                        e.WorkflowExecutionSignaledEventAttributes = new() { SignalName = "s" });
                }
            });

        var enforced = HistoryLimits.Enforce(scenario.Decision, scenario.Context).Change!;

        Assert.Equal(
            [
                EventType.WorkflowTaskFailed,
                EventType.WorkflowExecutionSignaled,
                EventType.WorkflowExecutionSignaled,
                EventType.WorkflowExecutionSignaled,
                EventType.WorkflowTaskScheduled,
            ],
            enforced.Facts.Select(fact => fact switch
            {
                EventRecorded recorded => recorded.Event.EventType,
                BufferedEventRecorded flushed => flushed.Event.EventType,
                _ => EventType.Unspecified,
            }).Where(type => type != EventType.Unspecified));
        Assert.Empty(enforced.After.Buffered);
        Assert.Equal(1, enforced.After.Task!.Attempt);
        Assert.False(enforced.After.Task.IsStarted);
    }

    [Fact]
    public void Timers_WhenSeveralAreDue_FireInOrderBeforeOneTask() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Timer("late", 9.Seconds()), Timer("early", 3.Seconds()), Timer("now", TimeSpan.Zero)))
            .When(state => new FireDeadlines(state.Key), at: 20.Seconds())
            .Then(
                TimerFired(a => a.TimerId = "now"),
                TimerFired(a => a.TimerId = "early"),
                TimerFired(a => a.TimerId = "late"),
                WorkflowTaskScheduled());

    [Fact]
    public void Heartbeat_WhenItsChainIsTooLong_TimesOut() =>
        Given(WorkflowTaskIsStarted())
            .When(Heartbeat(), at: 5.Seconds())
            .Then(WorkflowTaskCompleted(), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Heartbeat(), at: 30.Minutes())
            .Then(
                WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.StartToClose),
                WorkflowTaskScheduled())
            .AndRejected(StatusCode.NotFound, "workflow task heartbeat timeout");

    [Fact]
    public void Start_WhenHistoryIsLong_SuggestsContinueAsNew() =>
        Given(EngineLimits.Default with { HistoryCountSuggest = 3 }, WorkflowStarted(), WorkflowTaskScheduled())
            .When(Poll())
            .Then(WorkflowTaskStarted(a => a.SuggestContinueAsNew = true));

    [Fact]
    public void Problems_WhenTasksKeepFailing_AreReportedAndWithdrawnBySuccess() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .When(Poll()).When(Fail())
            .When(Poll()).When(Fail())
            .When(Poll()).When(Fail())
            .AndState(state => Assert.DoesNotContain("TemporalReportedProblems", state.SearchAttributes.Keys))
            .When(Poll()).When(Fail())
            .AndState(state => Assert.Contains("TemporalReportedProblems", state.SearchAttributes.Keys))
            .When(Poll()).When(Complete(Marker()))
            .AndState(state => Assert.DoesNotContain("TemporalReportedProblems", state.SearchAttributes.Keys));

    private static Func<RunState, Input> Heartbeat() => Complete(r =>
    {
        r.ForceCreateNewWorkflowTask = true;
        r.ReturnNewWorkflowTask = true;
    });
}
