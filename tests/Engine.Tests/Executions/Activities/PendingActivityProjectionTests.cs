using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class PendingActivityProjectionTests
{
    [Fact]
    public void Describe_WhenItWaitsForAWorker_IsScheduled()
    {
        var info = Describe(WorkflowIsIdle(), Step.Wait(1.Seconds()), ActivityTaskScheduled());

        Assert.Equal(PendingActivityState.Scheduled, info.State);
        Assert.Equal("activity", info.ActivityId);
        Assert.Equal("Activity", info.ActivityType.Name);
        Assert.Equal(1, info.Attempt);
        Assert.Equal(0, info.MaximumAttempts);
        Assert.Equal((Start + 1.Seconds()).ToTimestamp(), info.ScheduledTime);
        Assert.Null(info.LastStartedTime);
        Assert.Null(info.LastHeartbeatTime);
        Assert.Null(info.ExpirationTime);
        Assert.Null(info.NextAttemptScheduleTime);
        Assert.Equal(1.Hours().ToProto(), info.ActivityOptions.StartToCloseTimeout);
    }

    [Fact]
    public void Describe_WhenItRuns_IsStartedAndShowsItsProgress()
    {
        var info = Describe(
            WorkflowIsIdle(),
            ActivityTaskScheduled(a => a.ScheduleToCloseTimeout = 1.Hours().ToProto()),
            Step.Wait(2.Seconds()),
            Take(worker: "worker-1"),
            Step.Wait(1.Seconds()),
            Beat(Text("half")));

        Assert.Equal(PendingActivityState.Started, info.State);
        Assert.Equal((Start + 2.Seconds()).ToTimestamp(), info.LastStartedTime);
        Assert.Equal((Start + 3.Seconds()).ToTimestamp(), info.LastHeartbeatTime);
        Assert.Equal(Text("half"), info.HeartbeatDetails);
        Assert.Equal("worker-1", info.LastWorkerIdentity);
        Assert.Equal((Start + 1.Hours()).ToTimestamp(), info.ExpirationTime);
    }

    [Fact]
    public void Describe_WhenARetryWaits_SaysWhenAndWhy()
    {
        var info = Describe(
            WorkflowIsIdle(),
            ActivityTaskScheduled(a => a.RetryPolicy = new RetryPolicy { MaximumAttempts = 5 }),
            Take(worker: "worker-1"),
            Beat(Text("half")),
            Step.Wait(2.Seconds()),
            FailWith(Error("boom")));

        Assert.Equal(PendingActivityState.Scheduled, info.State);
        Assert.Equal(2, info.Attempt);
        Assert.Equal(5, info.MaximumAttempts);
        Assert.Equal("boom", info.LastFailure.Message);
        Assert.Equal("worker-1", info.LastWorkerIdentity);
        Assert.Equal(Text("half"), info.HeartbeatDetails);
        Assert.Equal((Start + 2.Seconds()).ToTimestamp(), info.LastAttemptCompleteTime);
        Assert.Equal((Start + 3.Seconds()).ToTimestamp(), info.NextAttemptScheduleTime);
        Assert.Equal((Start + 3.Seconds()).ToTimestamp(), info.ScheduledTime);
        Assert.Equal(1.Seconds().ToProto(), info.CurrentRetryInterval);
    }

    [Fact]
    public void Describe_WhenItWasAskedToCancel_SaysSo() => Assert.Equal(
        PendingActivityState.CancelRequested,
        Describe(WorkflowIsIdle(), ActivityTaskScheduled(), Take(), ActivityTaskCancelRequested()).State);

    private static PendingActivityInfo Describe(params Step[] steps) =>
        PendingActivityProjection.Of(Pending(Given(steps).State));
}
