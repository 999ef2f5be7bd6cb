using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Nexus.NexusSteps;

namespace AugmentedOS.Engine.Tests.Executions.Nexus;

/// <summary>An operation from its schedule to its end.</summary>
public sealed class NexusOperationTests
{
    private static readonly Link Handler = new()
    {
        WorkflowEvent = new Link.Types.WorkflowEvent { Namespace = "ns", WorkflowId = "handler", RunId = "run" },
    };

    [Fact]
    public void Operation_WhenItsResultIsThereAtOnce_CompletesWithLinksAndWithoutAStart() =>
        Given(OperationIsScheduled())
            .When(Answer(new NexusStartOutcome.Completed(Result, [Handler])))
            .Then(Linked(NexusOperationCompleted(a => (a.Result, a.RequestId) = (Result, RequestId))), WorkflowTaskScheduled())
            .AndNothingElse()
            .AndState(state => Assert.Empty(state.Nexus.Operations));

    [Fact]
    public void Operation_WhenItHasBegun_IsStartedWithLinksAndCompletesWithoutThem() =>
        Given(OperationIsScheduled())
            .When(AnswerStarted("token", Handler))
            .Then(
                Linked(NexusOperationStarted(a => (a.OperationToken, a.RequestId, a.ScheduledEventId) =
                    ("token", RequestId, Scheduled))),
                WorkflowTaskScheduled())
            .AndState(state => Assert.False(state.Nexus.RequestsDue > 0))
            .When(Complete(new NexusCompletion { Result = Result, Links = [Handler] }))
            .Then(NexusOperationCompleted(a => a.Result = Result))
            .AndEvents(events => Assert.Empty(events[0].Links));

    [Fact]
    public void Operation_WhenItFails_CarriesOneWrapperAroundTheReason()
    {
        var reason = new Failure { Message = "why", ApplicationFailureInfo = new() { Type = "T" } };
        Given(OperationIsScheduled(), AnswerStarted())
            .When(Complete(new NexusCompletion { Failure = reason }))
            .Then(NexusOperationFailed(a => a.Failure = new Failure
            {
                Message = "nexus operation completed unsuccessfully",
                NexusOperationExecutionFailureInfo = new NexusOperationFailureInfo
                {
                    Endpoint = "endpoint",
                    Service = "service",
                    Operation = "operation",
                    OperationToken = "token",
                    ScheduledEventId = Scheduled,
                },
                Cause = reason,
            }));
    }

    [Fact]
    public void Operation_WhenItIsCanceled_IsCanceledWhateverTheReasonWasCalled() =>
        Given(OperationIsScheduled())
            .When(Answer(new NexusStartOutcome.Unsuccessful(
                new Failure { Message = "enough", ApplicationFailureInfo = new() { Type = "T" } }, IsCanceled: true)))
            .Then(
                NexusOperationCanceled(a => a.Failure = new Failure
                {
                    Cause = new Failure { Message = "enough", CanceledFailureInfo = new CanceledFailureInfo() },
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void Operation_WhenTheHandlerRefuses_FailsForGood() => Given(OperationIsScheduled())
        .When(Answer(new NexusStartOutcome.Refused(Refusal(HandlerErrorType.NotFound))))
        .Then(
            NexusOperationFailed(a => a.Failure = new Failure { Cause = Refusal(HandlerErrorType.NotFound) }),
            WorkflowTaskScheduled());

    [Fact]
    public void Operation_WhenAnAttemptFails_IsTriedAgainLaterAndLaterAndSaysWhyMeanwhile() =>
        Given(OperationIsScheduled())
            .When(Answer(new NexusStartOutcome.Failed(Refusal())))
            .Then()
            .AndNextDeadline(DeadlineKind.NexusRetry, 1.Seconds())
            .AndState(state =>
            {
                Assert.Equal(NexusOperationPhase.BackingOff, state.Nexus.Operations[Scheduled].Phase);
                Assert.Equal(Refusal(), state.Nexus.Operations[Scheduled].LastFailure);
                Assert.False(state.IsHot);
                Assert.Equal("", Due(state));
            })
            .WhenElapsed(1.Seconds())
            .AndState(state => Assert.Equal("StartOperationCall 5 after 1", Due(state)))
            .When(Answer(new NexusStartOutcome.Failed(Refusal()), earlierAttempts: 1))
            .AndNextDeadline(DeadlineKind.NexusRetry, 3.Seconds())
            .WhenElapsed(2.Seconds())
            .When(Answer(new NexusStartOutcome.Completed(Result, []), earlierAttempts: 2))
            .Then(NexusOperationCompleted(), WorkflowTaskScheduled());

    [Fact]
    public void Backoff_WhenAttemptsGoOn_DoublesUpToAnHour()
    {
        var waits = Enumerable.Range(1, 14).Select(n => Backoff.After(n, 1.Seconds(), 1.Hours()).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600], waits);
    }

    [Fact]
    public void Answer_WhenItIsOfAnotherAttempt_ChangesNothing() => Given(OperationIsScheduled())
        .When(Answer(new NexusStartOutcome.Completed(Result, []), earlierAttempts: 1))
        .ThenNothing()
        .When(Answer(new NexusStartOutcome.Completed(Result, [])) with { RequestId = "of another" })
        .ThenNothing()
        .AndReply<Done>();

    [Theory]
    [InlineData(10, 5, 7, TimeoutType.ScheduleToStart, 5)]
    [InlineData(4, 0, 0, TimeoutType.ScheduleToClose, 4)]
    public void Operation_WhenNobodyStartsItInTime_TimesOut(
        int toClose, int toStart, int startToClose, TimeoutType type, int after) =>
        Given(OperationIsScheduled(toClose.Seconds(), toStart.Seconds(), startToClose.Seconds()))
            .WhenElapsed(after.Seconds())
            .Then(NexusOperationTimedOut(a => a.Failure = TimedOut(type)), WorkflowTaskScheduled())
            .AndState(state => Assert.Null(state.NextDeadline));

    [Theory]
    [InlineData(0, 7, TimeoutType.StartToClose, 7)]
    [InlineData(6, 7, TimeoutType.ScheduleToClose, 6)]
    public void Operation_WhenItTakesTooLong_TimesOut(int toClose, int startToClose, TimeoutType type, int after) =>
        Given(OperationIsScheduled(toClose.Seconds(), 3.Seconds(), startToClose.Seconds()), AnswerStarted())
            .WhenElapsed(after.Seconds())
            .Then(NexusOperationTimedOut(a => a.Failure = TimedOut(type)));

    [Fact]
    public void Operation_WhenThereIsNoTimeForAnotherRequest_TimesOutAtOnce() => Given(OperationIsScheduled())
        .When(Answer(new NexusStartOutcome.OutOfTime(TimeoutType.ScheduleToClose)))
        .Then(NexusOperationTimedOut(a => a.Failure = TimedOut(TimeoutType.ScheduleToClose)), WorkflowTaskScheduled());

    [Fact]
    public void Operation_WhenItEndsWhileATaskIsStarted_IsBufferedInOrder() =>
        Given(OperationIsScheduled(), TaskIsStarted())
            .When(AnswerStarted())
            .ThenBuffered(NexusOperationStarted())
            .When(Complete())
            .ThenBuffered(NexusOperationCompleted(a => a.Result = Result))
            .AndState(state => Assert.Empty(state.Nexus.Operations))
            .WhenCommands()
            .Then(WorkflowTaskCompleted(), NexusOperationStarted(), NexusOperationCompleted());

    [Fact]
    public void Completion_WhenItBeatsTheStart_SaysThatItStartedAndIgnoresTheLateAnswer() =>
        Given(OperationIsScheduled(), Step.Wait(10.Seconds()))
            .When(Complete(new NexusCompletion
            {
                Result = Result,
                Token = "early",
                StartedAt = Start + 3.Seconds(),
                Links = [Handler],
            }))
            .Then(
                Linked(NexusOperationStarted(a => a.OperationToken = "early")),
                NexusOperationCompleted(a => a.Result = Result),
                WorkflowTaskScheduled())
            .AndEvents(events =>
            {
                Assert.Equal((Start + 3.Seconds()).ToTimestamp(), events[0].EventTime);
                Assert.Empty(events[1].Links);
            })
            .When(AnswerStarted())
            .ThenNothing()
            .AndReply<Done>();

    [Fact]
    public void Completion_WhenItComesTwice_IsNotFound() => Given(OperationIsScheduled(), AnswerStarted(), Complete())
        .When(Complete())
        .AndRejected(StatusCode.NotFound, "operation not found");

    [Fact]
    public void Completion_WhenItIsOfAnotherOperation_IsNotFound() => Given(OperationIsScheduled(), AnswerStarted())
        .When(Complete(requestId: "other"))
        .ThenNothing()
        .AndRejected(StatusCode.NotFound, "operation not found");

    [Fact]
    public void Completion_WhenTheRunHasClosed_IsNotFound() =>
        Given(OperationIsScheduled(), AnswerStarted(), WorkflowExecutionCompleted())
            .AndState(state => Assert.Empty(state.Nexus.Operations))
            .When(Complete())
            .AndRejected(StatusCode.NotFound, "workflow execution already completed");

    private static Failure TimedOut(TimeoutType type) => new()
    {
        Message = "nexus operation completed unsuccessfully",
        Cause = new Failure
        {
            Message = "operation timed out",
            TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type },
        },
    };

    private static Temporalio.Api.History.V1.HistoryEvent Linked(Temporalio.Api.History.V1.HistoryEvent happened)
    {
        happened.Links.Add(Handler);
        return happened;
    }
}
