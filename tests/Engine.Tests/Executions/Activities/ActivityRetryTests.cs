using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityRetryTests
{
    [Fact]
    public void Fail_WhenItMayBeRetried_LeavesHistoryAsItIsAndWaits() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error("boom")), at: 10.Seconds())
            .Then()
            .AndNoEffects()
            .ThenFact<ActivityRetryScheduled>(fact =>
                fact.Attempt == 2 && fact.DueAt == Start + 11.Seconds() && fact.LastFailure.Message == "boom")
            .AndNextDeadline(DeadlineKind.ActivityRetry, 11.Seconds());

    [Fact]
    public void Retry_WhenDue_MayBeTakenAndSchedulesNoWorkflowTask() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), FailWith(Error("boom")))
            .WhenElapsed(1.Seconds())
            .Then()
            .ThenFact<ActivityBackoffElapsed>()
            .AndNoEffects()
            .When(Take())
            .AndState(state => Assert.Equal(2, Pending(state).Attempt));

    [Fact]
    public void Retry_WhenItFailsAgain_WaitsTwiceAsLong() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take())
            .When(FailWith(Error("again")), at: 1.Seconds())
            .AndNextDeadline(DeadlineKind.ActivityRetry, 3.Seconds());

    [Fact]
    public void Retry_WhenTheLastAttemptFails_TellsTheWorkflow() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.RetryPolicy = new RetryPolicy { MaximumAttempts = 2 }),
                Take(worker: "first"),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take(worker: "second"))
            .When(FailWith(Error("again")))
            .Then(
                ActivityTaskStarted(a =>
                {
                    a.Attempt = 2;
                    a.Identity = "second";
                    a.LastFailure = Error("boom");
                }),
                ActivityTaskFailed(a =>
                {
                    a.Failure = Error("again");
                    a.RetryState = RetryState.MaximumAttemptsReached;
                    a.StartedEventId = 6;
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenTheFailureIsNotRetryable_TellsTheWorkflow() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error("boom", info => info.NonRetryable = true)))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.RetryState = RetryState.NonRetryableFailure),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenItsTypeIsListed_TellsTheWorkflow() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.RetryPolicy = new RetryPolicy { NonRetryableErrorTypes = { "Error" } }),
                Take())
            .When(FailWith(Error("boom")))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.RetryState = RetryState.NonRetryableFailure),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenTheRetryWouldPassScheduleToClose_TellsTheWorkflow() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ScheduleToCloseTimeout = 10.Seconds().ToProto()), Take())
            .When(FailWith(Error("boom")), at: 9500.Milliseconds())
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.RetryState = RetryState.Timeout),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenTheWorkerNamesADelay_WaitsThatLongWhateverThePolicySays() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.RetryPolicy = new RetryPolicy { MaximumInterval = 5.Seconds().ToProto() }),
                Take())
            .When(FailWith(Error("boom", info => info.NextRetryDelay = 30.Seconds().ToProto())))
            .AndNextDeadline(DeadlineKind.ActivityRetry, 30.Seconds());

    [Fact]
    public void Fail_WhenTheNamedDelayIsZero_TellsTheWorkflow() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error("boom", info => info.NextRetryDelay = TimeSpan.Zero.ToProto())))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.RetryState = RetryState.Timeout),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenThereIsNoFailure_IsRetried() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(null))
            .ThenFact<ActivityRetryScheduled>(fact => fact.Attempt == 2);

    [Fact]
    public void Fail_WhenItBringsDetails_HandsThemToTheNextAttempt() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), Beat(Text("half")))
            .When(FailWith(Error("boom"), lastDetails: Text("most")))
            .WhenElapsed(1.Seconds())
            .When(Take())
            .AndState(state => Assert.Equal(Text("most"), Pending(state).HeartbeatDetails));

    [Fact]
    public void Retry_WhenItsAttemptSaysNothing_KeepsTheDetailsOfEarlierOnes() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                Beat(Text("half")),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take(),
                FailWith(Error("boom")),
                Step.Elapse(2.Seconds()))
            .When(Take())
            .AndState(state =>
            {
                Assert.Equal(3, Pending(state).Attempt);
                Assert.Equal(Text("half"), Pending(state).HeartbeatDetails);
            });

    [Fact]
    public void Retry_WhenAnEarlierAttemptBeat_CountsItsHeartbeatTimeoutFromItsOwnStart() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.HeartbeatTimeout = 5.Seconds().ToProto()),
                Take(),
                Beat(Text("half")),
                FailWith(Error("boom")),
                Step.Elapse(10.Seconds()))
            .When(Take())
            .AndNextDeadline(DeadlineKind.ActivityHeartbeat, 15.Seconds());

    [Fact]
    public void Retry_WhenTheFailureIsLarge_KeepsItsBeginning()
    {
        var message = new string('x', 10_000);
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(FailWith(Error(message)))
            .AndState(state =>
            {
                var kept = Pending(state).LastFailure!;
                Assert.Equal("Failure exceeds size limit.", kept.Message);
                Assert.False(kept.ServerFailureInfo.NonRetryable);
                Assert.StartsWith("xxxx", kept.Cause.Message, StringComparison.Ordinal);
                Assert.InRange(kept.CalculateSize(), 3_000, 4_300);
            });
    }

    [Fact]
    public void Complete_AfterRetries_NamesTheLastAttemptAndItsPredecessorsFailure() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                FailWith(Error("one")),
                Step.Elapse(1.Seconds()),
                Take(),
                FailWith(Error("two")),
                Step.Elapse(2.Seconds()),
                Take())
            .When(Succeed())
            .Then(
                ActivityTaskStarted(a =>
                {
                    a.Attempt = 3;
                    a.LastFailure = new Failure { Message = "two" };
                }),
                ActivityTaskCompleted(),
                WorkflowTaskScheduled());
}
