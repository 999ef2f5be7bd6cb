using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

public sealed class RunTimeoutTests
{
    private static readonly RetryPolicy Policy = RetryPolicies.WithDefaults(new RetryPolicy { MaximumAttempts = 3 });

    [Fact]
    public void Run_WhenItsTimeIsUp_TimesOut() =>
        Given(Limited(), WorkflowTaskScheduled())
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a => a.RetryState = RetryState.RetryPolicyNotSet))
            .AndNoNewRun()
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.TimedOut, state.Status));

    [Fact]
    public void Run_WhenItsTimeIsUpDuringATask_TakesTheTaskAway() =>
        Given(
                Limited(a => a.WorkflowTaskTimeout = 100.Seconds().ToProto()),
                WorkflowTaskScheduled(), WorkflowTaskStarted(), Signal())
            .WhenElapsed(1.Minutes())
            .Then(
                WorkflowTaskFailed(a =>
                {
                    a.Cause = WorkflowTaskFailedCause.ForceCloseCommand;
                    a.Identity = "history-service";
                }),
                WorkflowExecutionSignaled(),
                WorkflowExecutionTimedOut());

    [Fact]
    public void Run_WhenItsTimeIsUpAndThePolicyAllows_IsRetried() =>
        Given(Limited(a => a.RetryPolicy = Policy))
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a =>
            {
                a.RetryState = RetryState.InProgress;
                a.NewExecutionRunId = SequentialIds.Nth(1).ToString();
            }))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(2, state.Started.Attempt);
                Assert.Equal("workflow timeout", state.Started.ContinuedFailure.Message);
                Assert.Equal(
                    TimeoutType.StartToClose, state.Started.ContinuedFailure.TimeoutFailureInfo.TimeoutType);
                Assert.Equal(Start + 1.Minutes() + 1.Seconds() + 1.Minutes(), state.RunExpiresAt);
            });

    [Fact]
    public void Run_WhenTimeoutsAreNotRetryable_SaysSo() =>
        Given(Limited(a =>
            {
                a.RetryPolicy = Policy.Clone();
                a.RetryPolicy.NonRetryableErrorTypes.Add("TemporalTimeout:StartToClose");
            }))
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a => a.RetryState = RetryState.NonRetryableFailure))
            .AndNoNewRun();

    [Fact]
    public void Run_WhenAttemptsAreUsedUp_SaysSo() =>
        Given(Limited(a => (a.RetryPolicy, a.Attempt) = (Policy, 3)))
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a => a.RetryState = RetryState.MaximumAttemptsReached))
            .AndNoNewRun();

    [Fact]
    public void Run_WhenOnACronSchedule_IsFollowedByTheNextTick() =>
        Given(Limited(a =>
            {
                a.CronSchedule = "@hourly";
                a.LastCompletionResult = Data("last");
            }))
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a =>
            {
                a.RetryState = RetryState.RetryPolicyNotSet;
                a.NewExecutionRunId = SequentialIds.Nth(1).ToString();
            }))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(59.Minutes().ToProto(), state.Started.FirstWorkflowTaskBackoff);
                Assert.Equal(Data("last"), state.Started.LastCompletionResult);
                Assert.Equal("workflow timeout", state.Started.ContinuedFailure.Message);
            });

    [Fact]
    public void Chain_WhenItsTimeIsUp_IsNeitherRetriedNorContinued() =>
        Given(Limited(a =>
            {
                a.CronSchedule = "* * * * *";
                a.RetryPolicy = Policy;
                a.WorkflowExecutionTimeout = 1.Minutes().ToProto();
                a.WorkflowExecutionExpirationTime = (Start + 1.Minutes()).ToTimestamp();
            }))
            .WhenElapsed(1.Minutes())
            .Then(WorkflowExecutionTimedOut(a => a.RetryState = RetryState.Timeout))
            .AndNoNewRun();

    [Fact]
    public void Chain_WhenALaterRunIsYoung_StillEndsOnTime() =>
        Given(WorkflowStarted(a =>
            {
                a.WorkflowExecutionTimeout = 1.Hours().ToProto();
                a.WorkflowRunTimeout = 1.Hours().ToProto();
                a.WorkflowExecutionExpirationTime = (Start + 20.Minutes()).ToTimestamp();
            }))
            .AndNextDeadline(DeadlineKind.RunTimeout, 20.Minutes());

    [Fact]
    public void Run_WhenItIsStillInItsBackoff_CountsFromItsEnd() =>
        Given(Limited(a => a.FirstWorkflowTaskBackoff = 1.Hours().ToProto()))
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 1.Hours())
            .AndState(state => Assert.Equal(Start + 61.Minutes(), state.RunExpiresAt));

    private static HistoryEvent Limited(Action<WorkflowExecutionStartedEventAttributes>? set = null) =>
        WorkflowStarted(a =>
        {
            a.WorkflowRunTimeout = 1.Minutes().ToProto();
            set?.Invoke(a);
        });
}
