using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityAnswerTests
{
    private const string Gone = "invalid activityID or activity already timed out or invoking workflow is completed";

    public static TheoryData<string> Answers => ["complete", "fail", "cancel", "heartbeat"];

    [Fact]
    public void Complete_WhenRunning_RecordsItsStartAndItsEnd() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Step.Wait(2.Seconds()), Take(worker: "first"))
            .When(Succeed(Text("result")), at: 5.Seconds())
            .Then(
                ActivityTaskStarted(a =>
                {
                    a.ScheduledEventId = 5;
                    a.Attempt = 1;
                    a.Identity = "first";
                    a.RequestId = "poll";
                }),
                ActivityTaskCompleted(a =>
                {
                    a.ScheduledEventId = 5;
                    a.StartedEventId = 6;
                    a.Result = Text("result");
                    a.Identity = "worker";
                }),
                WorkflowTaskScheduled())
            .AndNothingElse()
            .AndReply<Done>()
            .AndEvents(events =>
            {
                Assert.Equal((Start + 2.Seconds()).ToTimestamp(), events[0].EventTime);
                Assert.Equal((Start + 5.Seconds()).ToTimestamp(), events[1].EventTime);
                Assert.Null(events[0].ActivityTaskStartedEventAttributes.LastFailure);
            });

    [Fact]
    public void Complete_WhenAWorkflowTaskIsScheduled_DoesNotScheduleAnother() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), WorkflowTaskScheduled())
            .When(Succeed())
            .Then(ActivityTaskStarted(), ActivityTaskCompleted(a => a.StartedEventId = 7));

    [Fact]
    public void Complete_WhenTheResultIsTooLarge_FailsTheActivity() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(Succeed(Text(new string('x', 101))))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a =>
                {
                    a.Failure = Server("Complete result exceeds size limit.");
                    a.RetryState = RetryState.NonRetryableFailure;
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void CompleteById_WhenNobodyStartedIt_CountsAsStartedByItsCompleter() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled())
            .When(AnswerTo("complete", Key, new ActivityTarget.ById("activity")), at: 3.Seconds())
            .Then(
                ActivityTaskStarted(a => a.Identity = "completer"),
                ActivityTaskCompleted(a => a.StartedEventId = 6),
                WorkflowTaskScheduled())
            .AndEvents(events =>
            {
                Assert.Equal("", events[0].ActivityTaskStartedEventAttributes.RequestId);
                Assert.Equal((Start + 3.Seconds()).ToTimestamp(), events[0].EventTime);
            });

    [Fact]
    public void CompleteById_WhenALaterAttemptRuns_CompletesThatOne() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take())
            .When(AnswerTo("complete", Key, new ActivityTarget.ById("activity")))
            .Then(
                ActivityTaskStarted(a =>
                {
                    a.Attempt = 2;
                    a.RequestId = "poll";
                    a.LastFailure = Error("boom");
                }),
                ActivityTaskCompleted(),
                WorkflowTaskScheduled());

    [Theory]
    [InlineData("fail")]
    [InlineData("cancel")]
    [InlineData("heartbeat")]
    public void AnswerById_WhenNobodyStartedIt_IsNotFound(string answer) =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled())
            .When(AnswerTo(answer, Key, new ActivityTarget.ById("activity")))
            .ThenNothing()
            .AndRejected(Rejection.NotFound(Gone));

    [Theory]
    [MemberData(nameof(Answers))]
    public void AnswerById_WhenTheIdIsUnknown_IsNotFound(string answer) =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(AnswerTo(answer, Key, new ActivityTarget.ById("other")))
            .ThenNothing()
            .AndRejected(Rejection.NotFound("cannot find pending activity with ActivityID other, "
                + "check workflow execution history for more details"));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_WhenTheRunIsClosed_IsNotFound(string answer) =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), WorkflowExecutionTerminated())
            .When(AnswerTo(answer, Key, new ActivityTarget.ByToken(5, 1, Start)))
            .ThenNothing()
            .AndRejected(Rejection.NotFound("workflow execution already completed"));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_WhenThereIsNoSuchRun_IsNotFound(string answer) =>
        Given()
            .When(AnswerTo(answer, Key, new ActivityTarget.ByToken(5, 1, Start)))
            .ThenNothing()
            .AndRejected(Rejection.RunNotFound(Key.Workflow, Key.Run));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_WhenTheActivityHasEnded_IsNotFound(string answer) =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), Succeed())
            .When(AnswerTo(answer, Key, new ActivityTarget.ByToken(5, 1, Start)))
            .ThenNothing()
            .AndRejected(Rejection.NotFound(Gone));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_WhenTheNextAttemptIsScheduled_IsNotFound(string answer) =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), FailWith(Error("boom")))
            .When(AnswerTo(answer, Key, new ActivityTarget.ByToken(5, 1, Start)))
            .ThenNothing()
            .AndRejected(Rejection.NotFound(Gone));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_WhenTheNextAttemptRuns_IsNotFound(string answer) =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take())
            .When(AnswerTo(answer, Key, new ActivityTarget.ByToken(5, 1, Start)))
            .ThenNothing()
            .AndRejected(Rejection.NotFound(Gone));

    [Fact]
    public void Heartbeat_WhenRunning_KeepsItsDetails() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(Beat(Text("half")), at: 4.Seconds())
            .Then()
            .AndNoEffects()
            .AndReply<RecordedActivityHeartbeat>(reply => Assert.False(reply.IsCancelRequested))
            .AndState(state =>
            {
                Assert.Equal(Text("half"), Pending(state).HeartbeatDetails);
                Assert.Equal(Start + 4.Seconds(), Pending(state).LastHeartbeatAt);
            });

    [Fact]
    public void Heartbeat_WhenItHasNoDetails_OverwritesTheEarlierOnes() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), Beat(Text("half")))
            .When(Beat())
            .AndState(state => Assert.Null(Pending(state).HeartbeatDetails));

    [Fact]
    public void Heartbeat_WhenItsDetailsAreTooLarge_FailsTheActivityAndStopsTheWorker() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(Beat(Text(new string('x', 101))))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a =>
                {
                    a.Failure = Server("Heartbeat details exceed size limit.");
                    a.RetryState = RetryState.NonRetryableFailure;
                }),
                WorkflowTaskScheduled())
            .AndReply<RecordedActivityHeartbeat>(reply => Assert.True(reply.IsCancelRequested));

    [Fact]
    public void Fail_WhenTheFailureIsOfAnotherKind_IsRefused() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(new Failure { Message = "m", CanceledFailureInfo = new CanceledFailureInfo() }))
            .ThenNothing()
            .AndRejected(StatusCode.InvalidArgument, "Failure must have ApplicationFailureInfo.");

    [Fact]
    public void Fail_WhenTheNextRetryDelayIsNegative_IsRefused() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error("boom", info => info.NextRetryDelay = (-1).Seconds().ToProto())))
            .ThenNothing()
            .AndRejected(StatusCode.InvalidArgument, "NextRetryDelay is not a valid duration: negative duration");

    [Fact]
    public void Fail_WhenTheFailureIsTooLarge_KeepsItsBeginningAsTheCause() =>
        Given(
                EngineLimits.Default with { BlobSizeError = 1000, BlobSizeWarn = 100 },
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take())
            .When(FailWith(Error(new string('x', 1001))))
            .Then(ActivityTaskStarted(), ActivityTaskFailed(), WorkflowTaskScheduled())
            .AndEvents(events =>
            {
                var failure = events[1].ActivityTaskFailedEventAttributes.Failure;
                Assert.Equal("Failure exceeds size limit.", failure.Message);
                Assert.True(failure.ServerFailureInfo.NonRetryable);
                Assert.Equal(new string('x', 95), failure.Cause.Message);
                Assert.Equal("Error", failure.Cause.ApplicationFailureInfo.Type);
            })
            .AndReply<FailedActivity>(reply =>
                Assert.Equal("Failure exceeds size limit.", Assert.Single(reply.Dropped).Message));

    [Fact]
    public void Fail_WhenItsLastDetailsAreTooLarge_DropsThemAndSaysSo() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error("boom"), lastDetails: Text(new string('x', 101))))
            .Then()
            .AndReply<FailedActivity>(reply =>
                Assert.Equal("Heartbeat details exceed size limit.", Assert.Single(reply.Dropped).Message))
            .AndState(state => Assert.Null(Pending(state).HeartbeatDetails));

    private static Failure Server(string message) => new()
    {
        Message = message,
        Source = "Server",
        ServerFailureInfo = new ServerFailureInfo { NonRetryable = true },
    };
}
