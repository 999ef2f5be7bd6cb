using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ScheduleActivityTests
{
    public static TheoryData<string, Action<ScheduleActivityTaskCommandAttributes>> BadAttributes => new()
    {
        { "taskQueue is not set", a => a.TaskQueue = null },
        { "missing task queue name", a => a.TaskQueue = new TaskQueue() },
        { "taskQueue length exceeds limit", a => a.TaskQueue.Name = new string('q', 1001) },
        { "task queue name cannot start with reserved prefix /_sys/", a => a.TaskQueue.Name = "/_sys/x" },
        { "activityId is not set", a => a.ActivityId = "" },
        { "activityType is not set", a => a.ActivityType = null },
        { "activityType is not set", a => a.ActivityType = new ActivityType() },
        { "activityId exceeds length limit. Length=1001 Limit=1000", a => a.ActivityId = new string('i', 1001) },
        { "activityId exceeds length limit. Length=1002 Limit=1000", a => a.ActivityId = new string('é', 501) },
        {
            "activityType exceeds length limit. Length=1001 Limit=1000",
            a => a.ActivityType.Name = new string('t', 1001)
        },
        {
            "BackoffCoefficient cannot be less than 1 on retry policy.",
            a => a.RetryPolicy = new RetryPolicy { BackoffCoefficient = 0.5 }
        },
        { "priority key can't be negative", a => a.Priority = new Priority { PriorityKey = -1 } },
        {
            "a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. "
                + "ActivityId=activity ActivityType=Activity",
            a => a.StartToCloseTimeout = null
        },
        { "invalid ScheduleToCloseTimeout: negative duration", a => a.ScheduleToCloseTimeout = (-1).Seconds().ToProto() },
        { "invalid HeartbeatTimeout: negative duration", a => a.HeartbeatTimeout = (-1).Seconds().ToProto() },
    };

    /// <summary>Given: S2C, S2S, STC, heartbeat, run timeout; then the four on the event. In seconds, 0 for unset.</summary>
    public static TheoryData<int[], int[]> Timeouts => new()
    {
        { [10, 0, 0, 0, 0], [10, 10, 10, 0] },
        { [10, 4, 5, 2, 0], [10, 4, 5, 2] },
        { [10, 40, 50, 60, 0], [10, 10, 10, 10] },
        { [0, 0, 5, 0, 0], [0, 0, 5, 0] },
        { [0, 7, 5, 9, 0], [0, 7, 5, 5] },
        { [0, 0, 5, 0, 100], [100, 100, 5, 0] },
        { [0, 7, 500, 400, 100], [100, 7, 100, 100] },
        { [500, 0, 0, 0, 100], [100, 100, 100, 0] },
    };

    [Fact]
    public void Schedule_WhenLittleIsSaid_RecordsAllOfItWithDefaults() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule()))
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskScheduled(a =>
                {
                    a.ActivityId = "activity";
                    a.ActivityType = new ActivityType { Name = "Activity" };
                    a.TaskQueue = new TaskQueue { Name = "activities", Kind = TaskQueueKind.Normal };
                    a.ScheduleToCloseTimeout = TimeSpan.Zero.ToProto();
                    a.ScheduleToStartTimeout = TimeSpan.Zero.ToProto();
                    a.StartToCloseTimeout = 1.Minutes().ToProto();
                    a.HeartbeatTimeout = TimeSpan.Zero.ToProto();
                    a.WorkflowTaskCompletedEventId = 4;
                    a.RetryPolicy = new RetryPolicy
                    {
                        InitialInterval = 1.Seconds().ToProto(),
                        BackoffCoefficient = 2,
                        MaximumInterval = 100.Seconds().ToProto(),
                    };
                }))
            .AndNothingElse()
            .AndNoEffects();

    [Theory]
    [MemberData(nameof(BadAttributes), DisableDiscoveryEnumeration = true)]
    public void Schedule_WhenAnAttributeIsBad_FailsTheTaskWithItsText(
        string text, Action<ScheduleActivityTaskCommandAttributes> spoil) =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule(set: spoil)))
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.BadScheduleActivityAttributes))
            .AndRejected(StatusCode.InvalidArgument, $"BadScheduleActivityAttributes: {text}");

    [Theory]
    [MemberData(nameof(Timeouts), DisableDiscoveryEnumeration = true)]
    public void Schedule_WhenTimeoutsAreLeftOutOrTooLong_DeducesThem(int[] given, int[] expected) =>
        Given(
                WorkflowStarted(a => a.WorkflowRunTimeout = given[4].Seconds().ToProto()),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .When(Complete(Schedule(set: a =>
            {
                a.ScheduleToCloseTimeout = given[0].Seconds().ToProto();
                a.ScheduleToStartTimeout = given[1].Seconds().ToProto();
                a.StartToCloseTimeout = given[2].Seconds().ToProto();
                a.HeartbeatTimeout = given[3].Seconds().ToProto();
            })))
            .Then(WorkflowTaskCompleted(), ActivityTaskScheduled(a =>
            {
                a.ScheduleToCloseTimeout = expected[0].Seconds().ToProto();
                a.ScheduleToStartTimeout = expected[1].Seconds().ToProto();
                a.StartToCloseTimeout = expected[2].Seconds().ToProto();
                a.HeartbeatTimeout = expected[3].Seconds().ToProto();
            }));

    [Fact]
    public void Schedule_WhenTheIdIsPending_FailsTheTask() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule("a"), Schedule("a")))
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.ScheduleActivityDuplicateId))
            .AndState(state => Assert.Empty(state.Activities));

    [Fact]
    public void Schedule_WhenTheIdHasEnded_MayUseItAgain() =>
        Given(WorkflowTaskIsStarted(), Complete(Schedule("a")), Take(), Succeed(), Poll())
            .When(Complete(Schedule("a")))
            .AndNotRejected()
            .AndState(state => Assert.Equal(11, state.ActivityIds["a"]));

    [Fact]
    public void Schedule_WhenTooManyArePending_FailsTheTask() =>
        Given(EngineLimits.Default with { MaxPendingActivities = 2 }, WorkflowTaskIsStarted())
            .When(Complete(Schedule("a"), Schedule("b"), Schedule("c")))
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.PendingActivitiesLimitExceeded))
            .AndRejected(
                StatusCode.InvalidArgument,
                "PendingActivitiesLimitExceeded: the number of pending activities, 2, has reached the per-workflow "
                    + "limit of 2");

    [Fact]
    public void Schedule_WhenTheInputIsTooLarge_TerminatesTheRun() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowTaskIsStarted())
            .When(Complete(Schedule(set: a => a.Input = Text(new string('x', 101)))))
            .Then(
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.BadScheduleActivityAttributes),
                WorkflowExecutionTerminated(a =>
                {
                    a.Reason = "BadScheduleActivityAttributes: "
                        + "ScheduleActivityTaskCommandAttributes.Input exceeds size limit.";
                    a.Identity = "history-service";
                }))
            .AndRejected(
                StatusCode.InvalidArgument,
                "BadScheduleActivityAttributes: ScheduleActivityTaskCommandAttributes.Input exceeds size limit.");

    [Fact]
    public void Schedule_WhenTheWorkerAsksForIt_StartsItInTheAnswer() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule(set: a => a.RequestEagerExecution = true)))
            .Then(WorkflowTaskCompleted(), ActivityTaskScheduled())
            .ThenFact<ActivityAttemptStarted>(fact => fact.ScheduledEventId == 5)
            .AndReply<CompletedWorkflowTask>(reply => Assert.True(Assert.Single(reply.EagerActivities).Activity.IsStarted))
            .When(Succeed())
            .Then(ActivityTaskStarted(), ActivityTaskCompleted(), WorkflowTaskScheduled());

    [Fact]
    public void Schedule_WhenTheRunClosesInTheSameTask_LeavesItInHistoryOnly() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule(set: a => a.RequestEagerExecution = true), CompleteWorkflow()))
            .Then(WorkflowTaskCompleted(), ActivityTaskScheduled(), WorkflowExecutionCompleted())
            .AndReply<CompletedWorkflowTask>(reply => Assert.Empty(reply.EagerActivities));
}
