using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Describing;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Tests.Schedules;

/// <summary>What happens when the time comes and the run before is still open.</summary>
public sealed class ScheduleOverlapTests
{
    private static readonly Instant Noon = SchedulePlan.Noon;

    [Theory]
    [InlineData(ScheduleOverlapPolicy.Unspecified)]
    [InlineData(ScheduleOverlapPolicy.Skip)]
    public void Skip_DropsTheTimesThatOverlap(ScheduleOverlapPolicy policy)
    {
        var plan = SchedulePlan.Hourly(policy).Wake().StartAll().Wake();

        Assert.Empty(plan.Started);
        Assert.Equal(1, plan.Now.Counters.OverlapSkipped);
        plan.Close();
        Assert.Empty(plan.Started);
        Assert.Equal(["2026-01-01T15:00:00Z"], plan.Wake().Started);
    }

    [Fact]
    public void BufferOne_KeepsTheEarliest()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferOne).Wake().StartAll().Wake().Wake().Wake();

        Assert.Single(plan.Now.Buffer);
        Assert.Equal(2, plan.Now.Counters.OverlapSkipped);
        Assert.Equal(["2026-01-01T14:00:00Z"], plan.Close().Started);
    }

    [Fact]
    public void BufferAll_RunsThemOneAfterTheOther()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferAll).Wake().StartAll().Wake().Wake();

        Assert.Equal(["2026-01-01T14:00:00Z"], plan.Close().Started);
        plan.StartAll();
        Assert.Equal(["2026-01-01T15:00:00Z"], plan.Close().Started);
        Assert.Equal(0, plan.Now.Counters.OverlapSkipped);
    }

    [Fact]
    public void BufferAll_WhenTheBufferIsFull_DropsWhatComes()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferAll).Wake().StartAll().WakeAt(Noon + 1100.Hours());

        Assert.Equal(1000, plan.Now.Buffer.Count);
        Assert.Equal(99, plan.Now.Counters.BufferDropped);
    }

    [Fact]
    public void CancelOther_CancelsAndStartsAfterTheEnd()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.CancelOther).Wake().StartAll().Wake();

        var cancel = Assert.Single(plan.Effects.OfType<EndAction>());
        Assert.Equal(ActionEnding.Cancel, cancel.Action.Ending);
        Assert.Equal("cancelled by schedule overlap policy", ActionRequests.Cancel(plan.Now, cancel.Action, "default").Reason);
        Assert.Empty(plan.Started);

        plan.Wake();
        Assert.Empty(plan.Effects.OfType<EndAction>());
        Assert.Equal(["2026-01-01T15:00:00Z"], plan.Close(WorkflowExecutionStatus.Canceled).Started);
        Assert.Equal(0, plan.Now.Counters.OverlapSkipped);
    }

    [Fact]
    public void TerminateOther_TerminatesAndStartsAfterTheEnd()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.TerminateOther).Wake().StartAll().Wake();

        Assert.Equal(ActionEnding.Terminate, Assert.Single(plan.Effects.OfType<EndAction>()).Action.Ending);
        Assert.Equal(["2026-01-01T14:00:00Z"], plan.Close(WorkflowExecutionStatus.Terminated).Started);
    }

    [Fact]
    public void TerminateOther_WhenCancelledAlready_TerminatesAllTheSame()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.CancelOther).Wake().StartAll().Wake();

        plan.Trigger(ScheduleOverlapPolicy.TerminateOther);

        Assert.Equal(ActionEnding.Terminate, Assert.Single(plan.Effects.OfType<EndAction>()).Action.Ending);
    }

    [Fact]
    public void Displacement_WhenTheOtherIsOnItsWay_WaitsUntilItCanBeStopped()
    {
        var plan = SchedulePlan.Hourly().Wake();
        var starting = plan.Effects.ToList();
        plan.Trigger(ScheduleOverlapPolicy.TerminateOther);
        Assert.Empty(plan.Effects.OfType<EndAction>());
        Assert.Empty(plan.Started);

        plan.Send(new RecordActionStarted(
            SchedulePlan.Key,
            plan.Now.Incarnation,
            ((StartAction)starting[0]).Start.Sequence,
            "wf-x",
            new RunId(Guid.NewGuid()),
            plan.Time));

        Assert.Single(plan.Effects.OfType<EndAction>());
    }

    [Fact]
    public void AllowAll_StartsAtOnceAndIsWaitedForByNobody()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.AllowAll);
        for (var i = 0; i < 30; i++)
        {
            Assert.Single(plan.Wake().Started);
            plan.StartAll();
        }

        Assert.Equal(10, plan.Now.Actions.Count);
        Assert.Equal(30, plan.Now.Counters.Actions);
        Assert.Empty(ActionTimes.Running(plan.Now));
    }

    [Fact]
    public void Policy_WhenItIsUpdated_HoldsForWhatWaits()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferAll).Wake().StartAll().Wake().Wake();

        plan.Update(schedule => schedule.Policies = new SchedulePolicies { OverlapPolicy = ScheduleOverlapPolicy.AllowAll });

        Assert.Equal(["2026-01-01T14:00:00Z", "2026-01-01T15:00:00Z"], plan.Started);
    }

    [Fact]
    public void Trigger_WhenItNamesNoPolicy_FollowsTheSchedules()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.AllowAll).Wake().StartAll().Trigger();
        Assert.Equal(["2026-01-01T13:00:00Z"], plan.Started);
    }

    [Fact]
    public void Buffered_WhenItIsPausedMeanwhile_IsDroppedUnlessManual()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferAll).Wake().StartAll().Wake();
        plan.Time += 5.Minutes();
        plan.Trigger(ScheduleOverlapPolicy.BufferAll).Patch(new SchedulePatch { Pause = "stop" });

        Assert.Equal(["2026-01-01T14:05:00Z"], plan.Close().Started);
    }
}
