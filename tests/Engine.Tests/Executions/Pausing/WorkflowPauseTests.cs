using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Pausing.Pauses;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Pausing;

public sealed class WorkflowPauseTests
{
    [Fact]
    public void Pause_WhenIdle_IsRecordedAndShown() =>
        Given(WorkflowIsIdle())
            .When(Pause(), at: 5.Seconds())
            .Then(WorkflowExecutionPaused(a =>
            {
                a.Identity = "operator";
                a.Reason = "maintenance";
                a.RequestId = "pause";
            }))
            .AndReply<Done>()
            .AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Paused, state.Status);
                Assert.True(state.IsRunning);
                Assert.Equal(
                    """["Workflow:workflow","Reason:maintenance"]""",
                    state.SearchAttributes["TemporalPauseInfo"].Data.ToStringUtf8());
                var info = Engine.Executions.Describing.ExecutionDescription.Of(state).WorkflowExtendedInfo.PauseInfo;
                Assert.Equal((Start + 5.Seconds()).ToTimestamp(), info.PausedTime);
                Assert.Equal("operator", info.Identity);
                Assert.Equal("maintenance", info.Reason);
            });

    [Fact]
    public void Pause_WhenATaskWaitsForAPoller_FailsItFirst() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled())
            .When(Pause())
            .Then(
                WorkflowTaskFailed(a =>
                {
                    a.Cause = WorkflowTaskFailedCause.WorkflowPauseRequestedBeforeTaskStarted;
                    a.ScheduledEventId = 2;
                    a.Identity = "history-service";
                }),
                WorkflowExecutionPaused())
            .AndState(state => Assert.Null(state.Task))
            .When(Unpause())
            .Then(WorkflowExecutionUnpaused(a => a.Reason = "done"), WorkflowTaskScheduled(a => a.Attempt = 1))
            .AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Running, state.Status);
                Assert.False(state.SearchAttributes.ContainsKey("TemporalPauseInfo"));
                Assert.Null(state.Pause);
            });

    [Fact]
    public void Pause_WhenARetryOfATaskWaits_TakesItAway() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .When(Pause())
            .Then(WorkflowExecutionPaused())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Pause_WhenATaskIsStarted_LetsItEndAndSchedulesNoOther() =>
        Given(WorkflowTaskIsStarted())
            .When(Pause())
            .ThenBuffered(WorkflowExecutionPaused())
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Paused, state.Status))
            .When(Complete(Schedule()))
            .Then(WorkflowTaskCompleted(), ActivityTaskScheduled(), WorkflowExecutionPaused())
            .AndState(state =>
            {
                Assert.Null(state.Task);
                Assert.Empty(PendingTasks.All(state));
            });

    [Fact]
    public void Pause_WhenTheStartedTaskTimesOut_HasNoRetry() =>
        Given(WorkflowTaskIsStarted())
            .When(Pause())
            .WhenElapsed(10.Seconds())
            .Then(WorkflowTaskTimedOut(), WorkflowExecutionPaused())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Pause_WhenTheStartedTaskFails_HasNoRetry() =>
        Given(WorkflowTaskIsStarted())
            .When(Pause())
            .When(Fail())
            .Then(WorkflowTaskFailed(), WorkflowExecutionPaused())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Pause_WhenTheStartedTaskIsARetryThatFails_WritesItDown() =>
        Given(WorkflowTaskIsStarted())
            .When(Fail())
            .When(Poll())
            .When(Pause())
            .When(Fail())
            .Then(
                WorkflowTaskScheduled(a => a.Attempt = 2),
                WorkflowTaskStarted(),
                WorkflowTaskFailed(a => a.StartedEventId = 6),
                WorkflowExecutionPaused())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Pause_WhenTheWorkerWantsAnotherTask_RefusesIt() =>
        Given(WorkflowTaskIsStarted())
            .When(Pause())
            .When(Complete(r => r.ForceCreateNewWorkflowTask = true))
            .ThenNothing()
            .AndRejected(
                StatusCode.FailedPrecondition,
                "Workflow is paused and force create new workflow task is not allowed.");

    [Fact]
    public void Signal_WhenPaused_IsRecordedWithoutATask() =>
        Given(WorkflowIsIdle(), Pause(), Signal(name: "first"), Signal(name: "second"))
            .AndState(state => Assert.Null(state.Task))
            .When(Unpause())
            .Then(WorkflowExecutionUnpaused(), WorkflowTaskScheduled());

    [Fact]
    public void Timer_WhenPaused_FiresWithoutATask() =>
        Given(WorkflowIsIdle(), TimerStarted(a =>
            {
                a.TimerId = "t";
                a.StartToFireTimeout = 5.Seconds().ToProto();
            }), Pause())
            .WhenElapsed(5.Seconds())
            .Then(TimerFired(a => a.TimerId = "t"))
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Cancel_WhenPaused_IsRecordedWithoutATask() =>
        Given(WorkflowIsIdle(), Pause())
            .When(RequestCancel())
            .Then(WorkflowExecutionCancelRequested())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void StartDelay_WhenPaused_WaitsForTheEndOfThePause() =>
        Given(WorkflowStarted(a => a.FirstWorkflowTaskBackoff = 5.Seconds().ToProto()), Pause())
            .WhenElapsed(10.Seconds())
            .AndState(state => Assert.Null(state.Task))
            .When(Unpause())
            .Then(WorkflowExecutionUnpaused())
            .WhenElapsed(TimeSpan.Zero)
            .Then(WorkflowTaskScheduled());

    [Fact]
    public void Activity_WhenPaused_IsNotTakenAndComesUpAgain() =>
        Given(WorkflowTaskIsStarted(), Pause())
            .When(Complete(Schedule()))
            .When(Take())
            .ThenNothing()
            .AndReply<StaleTask>()
            .When(Unpause())
            .AndState(state => Assert.Contains(PendingTasks.All(state), task => task.IsActivity));

    [Fact]
    public void Unpause_BringsUpEachActivityThatWaits()
    {
        var scenario = Given(WorkflowTaskIsStarted(), Pause()).When(Complete(Schedule("one"), Schedule("two")));

        var tasks = PendingTasks.After(scenario.When(Unpause()).Decision.Change!);

        Assert.Equal(2, tasks.Count(task => task.IsActivity));
        Assert.Single(tasks, task => !task.IsActivity);
    }

    [Fact]
    public void ActivityRetry_WhenPaused_IsNotDispatchedButCounts() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule()))
            .When(Take())
            .When(Pause())
            .When(FailWith(Error("boom")))
            .WhenElapsed(10.Seconds())
            .AndState(state =>
            {
                Assert.Equal(2, Pending(state).Attempt);
                Assert.Empty(PendingTasks.All(state));
            })
            .When(Unpause())
            .AndState(state => Assert.Contains(PendingTasks.All(state), task => task.IsActivity));

    [Fact]
    public void Activity_WhenItRunsInThePause_MayEnd() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule()))
            .When(Take())
            .When(Pause())
            .When(Succeed())
            .Then(ActivityTaskStarted(), ActivityTaskCompleted())
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Query_WhenPaused_IsRejectedWithTheStatus() =>
        Given(WorkflowIsIdle(), Pause()).AndState(state => Assert.Equal(
            new QueryRoute.Rejected(WorkflowExecutionStatus.Paused),
            QueryRouting.Decide(state, QueryRejectCondition.None, deadline: null)));

    [Fact]
    public void Terminate_WhenPaused_Ends() =>
        Given(WorkflowIsIdle(), Pause())
            .When(Terminate())
            .Then(WorkflowExecutionTerminated())
            .AndState(state => Assert.False(state.IsPaused));

    [Fact]
    public void RunTimeout_WhenPaused_Ends() =>
        Given(WorkflowStarted(a => a.WorkflowRunTimeout = 20.Seconds().ToProto()), WorkflowTaskScheduled(), Pause())
            .WhenElapsed(20.Seconds())
            .Then(WorkflowExecutionTimedOut());

    [Fact]
    public void Pause_WhenPausedByTheSameRequest_ChangesNothing() =>
        Given(WorkflowIsIdle(), Pause()).When(Pause()).ThenNothing().AndReply<Done>();

    [Fact]
    public void Pause_WhenPausedByAnother_IsRefused() =>
        Given(WorkflowIsIdle(), Pause())
            .When(Pause("other"))
            .AndRejected(StatusCode.FailedPrecondition, "workflow is already paused.");

    [Fact]
    public void Unpause_WhenNotPaused_IsRefused() =>
        Given(WorkflowIsIdle())
            .When(Unpause())
            .AndRejected(StatusCode.FailedPrecondition, "workflow is not paused.");

    [Fact]
    public void Pause_WhenClosed_IsRefused()
    {
        Given(WorkflowIsIdle(), Terminate()).When(Pause()).AndRejected(Rejection.AlreadyCompleted());
        Given(WorkflowIsIdle(), Terminate()).When(Unpause()).AndRejected(Rejection.AlreadyCompleted());
    }
}
