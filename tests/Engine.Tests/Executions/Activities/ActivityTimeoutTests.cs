using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityTimeoutTests
{
    [Fact]
    public void ScheduleToStart_WhenNobodyTakesIt_TimesOutWithoutARetry() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ScheduleToStartTimeout = 5.Seconds().ToProto()))
            .WhenElapsed(5.Seconds())
            .Then(TimedOut(TimeoutType.ScheduleToStart, "activity ScheduleToStart timeout"), WorkflowTaskScheduled())
            .AndNothingElse()
            .AndEvents(events => Assert.Equal(0, events[0].ActivityTaskTimedOutEventAttributes.StartedEventId));

    [Fact]
    public void ScheduleToStart_WhenTaken_IsOver() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ScheduleToStartTimeout = 5.Seconds().ToProto()), Take())
            .AndNextDeadline(DeadlineKind.ActivityStartToClose, 1.Hours());

    [Fact]
    public void ScheduleToStart_WhenRetried_CountsFromTheRetrysOwnTime() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.ScheduleToStartTimeout = 5.Seconds().ToProto()),
                Step.Wait(4.Seconds()),
                Take(),
                FailWith(Error("boom")))
            .WhenElapsed(1.Seconds())
            .AndNextDeadline(DeadlineKind.ActivityScheduleToStart, 10.Seconds());

    [Fact]
    public void ScheduleToClose_WhenNobodyTakesIt_TimesOut() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ScheduleToCloseTimeout = 5.Seconds().ToProto()))
            .WhenElapsed(5.Seconds())
            .Then(TimedOut(TimeoutType.ScheduleToClose, "activity ScheduleToClose timeout"), WorkflowTaskScheduled());

    [Fact]
    public void ScheduleToClose_WhenAnAttemptRuns_TimesOutAndSaysWhatTheLastOneFailedOf() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.ScheduleToCloseTimeout = 5.Seconds().ToProto()),
                Take(),
                Beat(Text("half")),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take())
            .WhenElapsed(4.Seconds())
            .Then(
                ActivityTaskStarted(a => a.Attempt = 2),
                TimedOut(TimeoutType.ScheduleToClose, "activity ScheduleToClose timeout", a =>
                {
                    a.StartedEventId = 6;
                    a.Failure.Cause = Error("boom");
                    a.Failure.TimeoutFailureInfo.LastHeartbeatDetails = Text("half");
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void ScheduleToClose_WhenARetryWaits_TimesOutUnstarted() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.ScheduleToCloseTimeout = 5.Seconds().ToProto();
                    a.RetryPolicy = new RetryPolicy { InitialInterval = 5.Seconds().ToProto() };
                }),
                Take(),
                FailWith(Error("boom")))
            .WhenElapsed(5.Seconds())
            .Then(
                TimedOut(TimeoutType.ScheduleToClose, "activity ScheduleToClose timeout", a =>
                    a.Failure.Cause = Error("boom")),
                WorkflowTaskScheduled());

    [Fact]
    public void StartToClose_WhenItMayBeRetried_IsRetriedSilently() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.StartToCloseTimeout = 5.Seconds().ToProto()), Take())
            .WhenElapsed(5.Seconds())
            .Then()
            .AndNoEffects()
            .ThenFact<ActivityRetryScheduled>(fact =>
                fact.LastFailure.Message == "activity StartToClose timeout"
                && fact.LastFailure.TimeoutFailureInfo.TimeoutType == TimeoutType.StartToClose)
            .AndNextDeadline(DeadlineKind.ActivityRetry, 6.Seconds());

    [Fact]
    public void StartToClose_WhenItWasTheLastAttempt_TimesOut() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.StartToCloseTimeout = 5.Seconds().ToProto();
                    a.RetryPolicy = new RetryPolicy { MaximumAttempts = 1 };
                }),
                Take())
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(TimeoutType.StartToClose, "activity StartToClose timeout", a =>
                {
                    a.RetryState = RetryState.MaximumAttemptsReached;
                    a.StartedEventId = 6;
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void StartToClose_WhenListedAsNonRetryable_TimesOut() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.StartToCloseTimeout = 5.Seconds().ToProto();
                    a.RetryPolicy = new RetryPolicy { NonRetryableErrorTypes = { "TemporalTimeout:StartToClose" } };
                }),
                Take())
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(TimeoutType.StartToClose, "activity StartToClose timeout", a =>
                    a.RetryState = RetryState.NonRetryableFailure),
                WorkflowTaskScheduled());

    [Fact]
    public void StartToClose_WhenNoTimeIsLeftForARetry_TimesOutAsScheduleToClose() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.StartToCloseTimeout = 5.Seconds().ToProto();
                    a.ScheduleToCloseTimeout = 5500.Milliseconds().ToProto();
                }),
                Take())
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(
                    TimeoutType.ScheduleToClose,
                    "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying"),
                WorkflowTaskScheduled());

    [Fact]
    public void Heartbeat_WhenItStops_IsRetriedWithTheDetailsThatItLeft() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.HeartbeatTimeout = 5.Seconds().ToProto()),
                Take(),
                Step.Wait(3.Seconds()),
                Beat(Text("half")))
            .AndNextDeadline(DeadlineKind.ActivityHeartbeat, 8.Seconds())
            .WhenElapsed(6.Seconds())
            .When(Take())
            .AndState(state =>
            {
                Assert.Equal(2, Pending(state).Attempt);
                Assert.Equal(Text("half"), Pending(state).HeartbeatDetails);
                Assert.Equal("activity Heartbeat timeout", Pending(state).LastFailure!.Message);
            });

    [Fact]
    public void Heartbeat_WhenItWasTheLastAttempt_TimesOutWithItsDetails() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.HeartbeatTimeout = 5.Seconds().ToProto();
                    a.RetryPolicy = new RetryPolicy { MaximumAttempts = 1 };
                }),
                Take(),
                Beat(Text("half")))
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(TimeoutType.Heartbeat, "activity Heartbeat timeout", a =>
                {
                    a.RetryState = RetryState.MaximumAttemptsReached;
                    a.Failure.TimeoutFailureInfo.LastHeartbeatDetails = Text("half");
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void StartToClose_WhenCancellationWasRequested_IsNotRetried() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.StartToCloseTimeout = 5.Seconds().ToProto()),
                Take(),
                ActivityTaskCancelRequested())
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(TimeoutType.StartToClose, "activity StartToClose timeout", a =>
                    a.RetryState = RetryState.CancelRequested),
                WorkflowTaskScheduled());

    [Fact]
    public void ScheduleToClose_WhenCancellationWasRequested_SaysSo() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.ScheduleToCloseTimeout = 5.Seconds().ToProto()),
                Take(),
                ActivityTaskCancelRequested())
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskStarted(),
                TimedOut(TimeoutType.ScheduleToClose, "activity ScheduleToClose timeout", a =>
                    a.RetryState = RetryState.CancelRequested),
                WorkflowTaskScheduled());

    [Fact]
    public void Timeouts_WhenSeveralAreDueAtOnce_ScheduleOneWorkflowTask() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a =>
                {
                    a.ActivityId = "a";
                    a.ScheduleToStartTimeout = 5.Seconds().ToProto();
                }),
                ActivityTaskScheduled(a =>
                {
                    a.ActivityId = "b";
                    a.ScheduleToStartTimeout = 5.Seconds().ToProto();
                }))
            .WhenElapsed(5.Seconds())
            .Then(
                ActivityTaskTimedOut(a => a.ScheduledEventId = 5),
                ActivityTaskTimedOut(a => a.ScheduledEventId = 6),
                WorkflowTaskScheduled());

    private static HistoryEvent TimedOut(
        TimeoutType type, string message, Action<ActivityTaskTimedOutEventAttributes>? set = null) =>
        ActivityTaskTimedOut(a =>
        {
            a.ScheduledEventId = 5;
            a.RetryState = RetryState.Timeout;
            a.Failure = new Failure
            {
                Message = message,
                Source = "Server",
                TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type },
            };
            set?.Invoke(a);
        });
}
