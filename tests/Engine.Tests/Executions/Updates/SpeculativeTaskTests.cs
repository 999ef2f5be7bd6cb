using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Lifecycle;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>Workflow tasks that only memory knows: when they are written, and when they never were.</summary>
public sealed class SpeculativeTaskTests
{
    [Fact]
    public void Update_WhenTheWorkflowIsIdle_SchedulesATaskThatIsNotWritten() =>
        Given(WorkflowIsIdle())
            .When(Update())
            .ThenNothingIsWritten()
            .AndReply<UpdateStanding>(standing => Assert.IsType<UpdateProgress.Admitted>(standing.Progress))
            .AndState(state => Assert.Equal(5, state.Task!.ScheduledEventId))
            .AndNextDeadline(DeadlineKind.WorkflowTaskScheduleToStart, 5.Seconds());

    [Fact]
    public void SpeculativeTask_WhenItIsStarted_IsNotWrittenAndBringsTheUpdate() =>
        Given(WorkflowIsIdle(), Update())
            .When(Answers.Poll())
            .ThenNothingIsWritten()
            .AndReply<StartedWorkflowTask>(started =>
            {
                Assert.Equal(
                    [(5, EventType.WorkflowTaskScheduled), (6, EventType.WorkflowTaskStarted)],
                    started.HeldEvents.Select(e => (e.EventId, e.EventType)));
                var message = Assert.Single(started.Messages);
                Assert.Equal("u/request", message.Id);
                Assert.Equal("u", message.ProtocolInstanceId);
                Assert.Equal(5, message.EventId);
                Assert.Equal(RequestOf("u"), message.Body.Unpack<Temporalio.Api.Update.V1.Request>());
            });

    [Fact]
    public void SpeculativeTask_WhenTheUpdateIsAcceptedAndCompleted_IsWrittenWithItsEnd() =>
        Given(UpdateIsSent())
            .When(AnswerInOrder(Accepted(), Completed()))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(a => a.ScheduledEventId = 5),
                WorkflowTaskCompleted(a => a.StartedEventId = 6),
                WorkflowExecutionUpdateAccepted(a =>
                {
                    a.ProtocolInstanceId = "u";
                    a.AcceptedRequestMessageId = "u/request";
                    a.AcceptedRequestSequencingEventId = 5;
                    a.AcceptedRequest = RequestOf("u");
                }),
                WorkflowExecutionUpdateCompleted(a => a.AcceptedEventId = 8))
            .AndReply<CompletedWorkflowTask>(reply => Assert.Equal(0, reply.ResetHistoryEventId))
            .AndState(state => Assert.Equal(new KnownUpdate(UpdateStage.Completed, 9), state.Updates.Known["u"]));

    [Fact]
    public void SpeculativeTask_WhenTheUpdateIsRejected_NeverWas() =>
        Given(UpdateIsSent())
            .When(Answer(Rejected()))
            .ThenNothingIsWritten()
            .AndReply<CompletedWorkflowTask>(reply => Assert.Equal(3, reply.ResetHistoryEventId))
            .AndState(state => Assert.Null(state.Task))
            .AndState(state => Assert.Equal(4, state.LastEventId))
            .AndLive(live => Assert.True(live.IsPlain));

    [Fact]
    public void SpeculativeTask_WhenItIsDropped_RemembersItsWorker() =>
        Given(UpdateIsSent())
            .When(Answer(r => r.StickyAttributes = Answers.Sticky(), Rejected()))
            .ThenNothingIsWritten()
            .AndState(state => Assert.Equal(Answers.WorkerQueue, state.Sticky?.Name))
            .When(Requests.Signal())
            .Then(WorkflowExecutionSignaled(), WorkflowTaskScheduled())
            .ThenFact<StickyQueueSet>();

    [Fact]
    public void SpeculativeTask_WhenItIsScheduledAndASignalComes_IsWrittenBeforeTheSignal() =>
        Given(WorkflowIsIdle(), Update())
            .When(Requests.Signal())
            .Then(WorkflowTaskScheduled(), WorkflowExecutionSignaled())
            .AndState(state => Assert.Equal(5, state.Task!.ScheduledEventId))
            .When(Answers.Poll())
            .Then(WorkflowTaskStarted(a => a.ScheduledEventId = 5))
            .AndReply<StartedWorkflowTask>(started =>
            {
                Assert.Empty(started.HeldEvents);
                Assert.Equal(6, Assert.Single(started.Messages).EventId);
            })
            .When(Answer(Rejected()))
            .Then(WorkflowTaskCompleted())
            .AndReply<CompletedWorkflowTask>(reply => Assert.Equal(0, reply.ResetHistoryEventId));

    [Fact]
    public void SpeculativeTask_WhenItIsStartedAndASignalComes_IsWrittenAndTheSignalWaits() =>
        Given(UpdateIsSent())
            .When(Requests.Signal())
            .Then(WorkflowTaskScheduled(), WorkflowTaskStarted())
            .ThenBuffered(WorkflowExecutionSignaled())
            .When(Answer(r => r.ReturnNewWorkflowTask = true, Rejected()))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionSignaled(),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .AndReply<CompletedWorkflowTask>(reply => Assert.Equal(0, reply.ResetHistoryEventId));

    [Fact]
    public void SpeculativeTask_WhenNobodyTakesIt_TimesOutAndBecomesAnOrdinaryOne() =>
        Given(WorkflowIsIdle(), Update())
            .WhenElapsed(5.Seconds())
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.ScheduleToStart),
                WorkflowTaskScheduled(a => a.Attempt = 1))
            .When(Answers.Poll())
            .Then(WorkflowTaskStarted())
            .AndReply<StartedWorkflowTask>(started => Assert.Equal(7, Assert.Single(started.Messages).EventId))
            .When(Answer(Rejected()))
            .Then(WorkflowTaskCompleted());

    [Fact]
    public void SpeculativeTask_WhenItIsOnAStickyQueue_TimesOutWithThat() =>
        Given(WorkflowTaskIsStarted(), Step.From(Answers.CompleteSticky()), Update())
            .WhenElapsed(9.Seconds())
            .AndState(state => Assert.Equal(Answers.WorkerQueue, state.Task!.StickyQueue))
            .WhenElapsed(1.Seconds())
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.ScheduleToStart),
                WorkflowTaskScheduled())
            .AndState(state => Assert.Null(state.Task!.StickyQueue));

    [Fact]
    public void SpeculativeTask_WhenItsWorkerIsSilent_TimesOutAndIsTriedAgain() =>
        Given(UpdateIsSent())
            .WhenElapsed(10.Seconds())
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskTimedOut(a => a.TimeoutType = TimeoutType.StartToClose))
            .AndState(state => Assert.True(state.Task is { IsTransient: true, Attempt: 2 }))
            .When(Answers.Poll())
            .AndReply<StartedWorkflowTask>(started => Assert.Equal(8, Assert.Single(started.Messages).EventId))
            .When(Answer(Accepted(), Completed()))
            .Then(
                WorkflowTaskScheduled(a => a.Attempt = 2),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(),
                WorkflowExecutionUpdateCompleted());

    [Fact]
    public void SpeculativeTask_WhenItsWorkerFails_IsWrittenAndTriedAgain() =>
        Given(UpdateIsSent())
            .When(Answers.Fail())
            .Then(WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowTaskFailed())
            .AndLive(live => Assert.True(Assert.Single(live.Updates).IsSent))
            .When(Answers.Poll())
            .AndReply<StartedWorkflowTask>(started => Assert.Single(started.Messages));

    [Fact]
    public void SpeculativeTask_WhenNobodyHasTakenItAndTheRunIsTerminated_NeverWas() =>
        Given(WorkflowIsIdle(), Update())
            .When(Requests.Terminate())
            .Then(WorkflowExecutionTerminated())
            .AndState(state => Assert.Equal(5, state.LastEventId))
            .AndLive(live => Assert.True(live.IsPlain));

    [Fact]
    public void SpeculativeTask_WhenItIsStartedAndTheRunIsTerminated_IsWrittenAndFails() =>
        Given(UpdateIsSent())
            .When(Requests.Terminate())
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.ForceCloseCommand),
                WorkflowExecutionTerminated());

    [Fact]
    public void SpeculativeTask_WhenItBeats_IsWrittenAndTheNextOneIsOrdinary() =>
        Given(UpdateIsSent())
            .When(Answer(r => (r.ForceCreateNewWorkflowTask, r.ReturnNewWorkflowTask) = (true, true)))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .AndReply<CompletedWorkflowTask>(reply => Assert.Empty(reply.Next!.Messages))
            .When(Answer(Rejected()))
            .Then(WorkflowTaskCompleted())
            .AndEnded("u");

    [Fact]
    public void SpeculativeTask_WhenItBringsEventsAndTheWorkerCannotTakeThemTwice_IsWritten() =>
        Given(WorkflowTaskIsStarted(), Step.From(Answers.Complete(Answers.Marker())), Update(), Step.From(Answers.Poll()))
            .When(Answer(Rejected()))
            .Then(WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowTaskCompleted());

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void SpeculativeTask_WhenItBringsEventsAndTheWorkerCanTakeThemTwice_IsDroppedUnlessTheyAreMany(
        int events, bool isWritten)
    {
        var markers = Enumerable.Range(0, events).Select(_ => Answers.Marker()).ToArray();
        Given(WorkflowTaskIsStarted(), Step.From(Answers.Complete(markers)), Update(), Step.From(Answers.Poll()))
            .When(Answer(
                r => r.Capabilities = new RespondWorkflowTaskCompletedRequest.Types.Capabilities
                {
                    DiscardSpeculativeWorkflowTaskWithEvents = true,
                },
                Rejected()))
            .AndReply<CompletedWorkflowTask>(reply => Assert.Equal(isWritten ? 0 : 3, reply.ResetHistoryEventId))
            .AndHistory(history => Assert.Equal(isWritten ? 7 + events : 4 + events, history.Count));
    }

    [Fact]
    public void SpeculativeTask_WhenAnUpdateCameMeanwhile_IsFollowedByAnotherInTheAnswer() =>
        Given(UpdateIsSent("first"), Update("second"))
            .When(Answer(r => r.ReturnNewWorkflowTask = true, Rejected("first")))
            .ThenNothingIsWritten()
            .AndReply<CompletedWorkflowTask>(reply =>
            {
                Assert.Equal(3, reply.ResetHistoryEventId);
                Assert.Equal([5L, 6L], reply.Next!.HeldEvents.Select(e => e.EventId));
                Assert.Equal("second", Assert.Single(reply.Next.Messages).ProtocolInstanceId);
            })
            .When(Answer(Accepted("second"), Completed("second")))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(),
                WorkflowExecutionUpdateCompleted());

    [Fact]
    public void SpeculativeTask_WhenAnUpdateCameAndNoTaskIsAskedFor_IsFollowedByAnOrdinaryOne() =>
        Given(UpdateIsSent("first"), Update("second"))
            .When(Answer(Rejected("first")))
            .Then(WorkflowTaskScheduled())
            .AndState(state => Assert.Equal(5, state.Task!.ScheduledEventId));

    [Fact]
    public void Task_WhenUpdatesCameMeanwhile_IsFollowedByASpeculativeOneInTheAnswer() =>
        Given(WorkflowTaskIsStarted(), Update("first"), Update("second"))
            .When(Answer(r => r.ReturnNewWorkflowTask = true))
            .Then(WorkflowTaskCompleted())
            .AndReply<CompletedWorkflowTask>(reply =>
            {
                Assert.Equal(4, reply.Next!.FirstEventId);
                Assert.Equal([5L, 6L], reply.Next.HeldEvents.Select(e => e.EventId));
                Assert.Equal(["first", "second"], reply.Next.Messages.Select(m => m.ProtocolInstanceId));
            })
            .When(Answer(Rejected("first"), Rejected("second")))
            .ThenNothingIsWritten();

    [Fact]
    public void Update_WhenTheFirstTaskWaitsForItsDelay_DoesNotWait() =>
        Given(WorkflowStarted(a => a.FirstWorkflowTaskBackoff = 1.Hours().ToProto()))
            .When(Update())
            .AndState(state => Assert.Equal(2, state.Task!.ScheduledEventId))
            .When(Answers.Poll())
            .When(Answer(Rejected()))
            .ThenNothingIsWritten()
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 1.Hours());

}
