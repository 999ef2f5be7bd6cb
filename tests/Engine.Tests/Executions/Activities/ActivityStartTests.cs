using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityStartTests
{
    [Fact]
    public void Start_WhenTheActivityWaits_LeavesHistoryAsItIs() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled())
            .When(Take(), at: 3.Seconds())
            .Then()
            .AndReply<StartedActivity>(reply =>
            {
                Assert.Equal(Start + 3.Seconds(), reply.Activity.StartedAt);
                Assert.Equal(5, reply.State.LastEventId);
            })
            .AndNextDeadline(DeadlineKind.ActivityStartToClose, 3.Seconds() + 1.Hours());

    [Fact]
    public void Start_WhenAnotherPollerWasFirst_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(Take())
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Start_WhenTheActivityHasEnded_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), Succeed())
            .When(new StartActivity(Key, 5, 1, "worker", "poll"))
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Start_WhenTheRetryIsNotDue_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), FailWith(Error("boom")))
            .When(Take())
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Start_WhenTheTaskIsOfAnEarlierAttempt_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), FailWith(Error("boom")), Step.Elapse(1.Seconds()))
            .When(new StartActivity(Key, 5, 1, "worker", "poll"))
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Start_WhenTheRunIsClosed_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), WorkflowExecutionTerminated())
            .When(new StartActivity(Key, 5, 1, "worker", "poll"))
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Start_WhenThereIsNoRun_IsStale() =>
        Given().When(new StartActivity(Key, 5, 1, "worker", "poll")).ThenNothing().AndReply<StaleTask>();

    [Fact]
    public void Start_WhenItsTimeoutIsDue_IsStale() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ScheduleToStartTimeout = 5.Seconds().ToProto()))
            .When(Take(), at: 5.Seconds())
            .ThenNothing()
            .AndReply<StaleTask>();

    [Fact]
    public void Poll_WhenTheSecondAttemptStarts_CarriesWhatTheFirstLeftBehind()
    {
        var scenario = Given(
                WorkflowStarted(a => a.Priority = new() { PriorityKey = 1, FairnessKey = "tenant" }),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                ActivityTaskScheduled(a =>
                {
                    a.Input = Text("input");
                    a.Priority = new() { PriorityKey = 5 };
                }),
                Step.Wait(1.Seconds()),
                Take(),
                Beat(Text("half done")),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()))
            .When(Take(), at: 4.Seconds());

        var response = ActivityTaskProjection.Of((StartedActivity)scenario.Decision.Reply!, "default");

        Assert.Equal("default", response.WorkflowNamespace);
        Assert.Equal(Key.ToExecution(), response.WorkflowExecution);
        Assert.Equal("Workflow", response.WorkflowType.Name);
        Assert.Equal("Activity", response.ActivityType.Name);
        Assert.Equal("activity", response.ActivityId);
        Assert.Equal(Text("input"), response.Input);
        Assert.Equal(Text("half done"), response.HeartbeatDetails);
        Assert.Equal(2, response.Attempt);
        Assert.Equal(Start.ToTimestamp(), response.ScheduledTime);
        Assert.Equal((Start + 2.Seconds()).ToTimestamp(), response.CurrentAttemptScheduledTime);
        Assert.Equal((Start + 4.Seconds()).ToTimestamp(), response.StartedTime);
        Assert.Equal(TimeSpan.Zero.ToProto(), response.ScheduleToCloseTimeout);
        Assert.Equal(1.Hours().ToProto(), response.StartToCloseTimeout);
        Assert.Equal(TimeSpan.Zero.ToProto(), response.HeartbeatTimeout);
        Assert.Equal(2, response.RetryPolicy.BackoffCoefficient);
        Assert.Equal(5, response.Priority.PriorityKey);
        Assert.Equal("tenant", response.Priority.FairnessKey);
    }

    [Fact]
    public void History_WhenAnActivityRetriesAndRuns_EndsAtScheduled() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(),
                Take(),
                FailWith(Error("boom")),
                Step.Elapse(1.Seconds()),
                Take(),
                Beat(Text("x")))
            .AndState(state => Assert.Equal(5, state.LastEventId));
}
