using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Describing;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Tests.Schedules;

/// <summary>When a schedule acts, and what becomes of times that it did not act on.</summary>
public sealed class ScheduleTimesTests
{
    private static readonly Instant Noon = SchedulePlan.Noon;

    [Fact]
    public void Action_WhenItsTimeComes_StartsAWorkflowNamedAfterTheTime()
    {
        var plan = SchedulePlan.Hourly();
        Assert.Equal(Noon + 1.Hours(), plan.Now.WakeAt);

        plan.Wake();

        Assert.Equal(["2026-01-01T13:00:00Z"], plan.Started);
        Assert.Equal(Noon + 2.Hours(), plan.Now.WakeAt);
        Assert.Equal(0, plan.Now.Counters.Actions);
        plan.StartAll();
        Assert.Equal(1, plan.Now.Counters.Actions);
        Assert.Empty(plan.Now.Buffer);
    }

    [Fact]
    public void Times_WhenTheEngineWasDown_AreCaughtUp()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.AllowAll).WakeAt(Noon + 210.Minutes());

        Assert.Equal(["2026-01-01T13:00:00Z", "2026-01-01T14:00:00Z", "2026-01-01T15:00:00Z"], plan.Started);
        Assert.Equal(Noon + 4.Hours(), plan.Now.WakeAt);
    }

    [Fact]
    public void Times_WhenTheyAreOlderThanTheCatchupWindow_AreMissed()
    {
        var plan = SchedulePlan.Hourly(
            configure: schedule => schedule.Policies.CatchupWindow = 90.Minutes().ToProto()).WakeAt(Noon + 210.Minutes());

        Assert.Equal(["2026-01-01T14:00:00Z"], plan.Started.Take(1));
        Assert.Equal(1, plan.Now.Counters.MissedCatchup);
    }

    [Fact]
    public void CatchupWindow_WhenItIsTooShort_IsTenSeconds()
    {
        static void Short(Schedule schedule) => schedule.Policies.CatchupWindow = 1.Seconds().ToProto();

        Assert.Single(SchedulePlan.Hourly(configure: Short).WakeAt(Noon + 1.Hours() + 9.Seconds()).Started);
        var late = SchedulePlan.Hourly(configure: Short).WakeAt(Noon + 1.Hours() + 11.Seconds());
        Assert.Empty(late.Started);
        Assert.Equal(1, late.Now.Counters.MissedCatchup);
    }

    [Fact]
    public void Times_WhenTheEngineWasDownForYears_AreTakenUpBitByBit()
    {
        var plan = new SchedulePlan();
        plan.Create(schedule =>
        {
            schedule.Spec.Interval[0].Interval = 1.Seconds().ToProto();
            schedule.Policies = new SchedulePolicies { CatchupWindow = 1.Minutes().ToProto() };
        });

        plan.WakeAt(Noon + 10.Hours());
        Assert.True(plan.Now.WakeAt <= plan.Time, "there is more to catch up on");
        var looks = 1;
        for (; plan.Now.WakeAt <= plan.Time; looks++)
        {
            plan.WakeAt(plan.Time);
        }

        Assert.Equal(4, looks);
        Assert.Equal((10 * 3600) - 61, plan.Now.Counters.MissedCatchup);
        Assert.Equal(60, plan.Now.Counters.OverlapSkipped);
    }

    [Fact]
    public void Times_WhenItIsPaused_PassWithoutATrace()
    {
        var plan = SchedulePlan.Hourly().Patch(new SchedulePatch { Pause = "holiday" });
        Assert.Equal((true, "holiday", null), (plan.Now.IsPaused, plan.Now.Notes, plan.Now.WakeAt));

        plan.Time = Noon + 210.Minutes();
        plan.Patch(new SchedulePatch { Unpause = "back" });

        Assert.Empty(plan.Started);
        Assert.Equal(0, plan.Now.Counters.MissedCatchup);
        Assert.Equal((false, "back", Noon + 4.Hours()), (plan.Now.IsPaused, plan.Now.Notes, plan.Now.WakeAt));
    }

    [Fact]
    public void Times_WhenItIsUpdated_AreNotLookedAtAgain()
    {
        var plan = SchedulePlan.Hourly();
        plan.Time = Noon + 150.Minutes();
        plan.Update(schedule => schedule.Spec.Interval[0].Interval = 1.Minutes().ToProto());

        Assert.Empty(plan.Started);
        Assert.Equal(Noon + 150.Minutes() + 1.Minutes(), plan.Now.WakeAt);
    }

    [Fact]
    public void Actions_WhenTheyAreLimited_EndWithTheLastOne()
    {
        var plan = SchedulePlan.Hourly(configure: schedule => schedule.State = new() { LimitedActions = true, RemainingActions = 2 });
        var token = plan.Now.ConflictToken;

        plan.Wake().StartAll().Close();
        Assert.Equal((1, token + 1), (plan.Now.RemainingActions, plan.Now.ConflictToken));
        plan.Wake().StartAll();
        Assert.Equal(0, plan.Now.RemainingActions);
        Assert.Null(plan.Now.Next);

        plan.Trigger(ScheduleOverlapPolicy.AllowAll);
        Assert.Single(plan.Started);
        Assert.Equal(0, plan.Now.RemainingActions);
    }

    [Fact]
    public void Schedule_WhenItHasNothingToDoAnyMore_GoesAfterAWeek()
    {
        var plan = SchedulePlan.Hourly(configure: schedule => schedule.Spec.EndTime = (Noon + 1.Hours()).ToTimestamp());
        plan.Wake().StartAll();
        Assert.Null(plan.Now.WakeAt);

        plan.Close();
        Assert.Equal(Noon + 1.Hours() + 7.Days(), plan.Now.WakeAt);
        plan.Wake();
        Assert.Null(plan.State);
    }

    [Fact]
    public void Schedule_WhenItIsPausedForGood_Stays()
    {
        var plan = SchedulePlan.Hourly(configure: schedule => schedule.State = new() { Paused = true });
        Assert.Null(plan.Now.WakeAt);
        Assert.Equal(10, ActionTimes.Future(plan.Now, plan.Time, 10).Count());
    }

    [Fact]
    public void Start_WhenItFailsAndMayWorkLater_IsTriedAgain()
    {
        var plan = SchedulePlan.Hourly().Wake();
        var request = ActionRequests.Start(plan.Now, plan.Now.Buffer[0], "default").RequestId;

        plan.FailStarts(mayHelp: true);
        Assert.Equal(plan.Time + 1.Seconds(), plan.Now.WakeAt);
        plan.Wake();
        Assert.Single(plan.Started);
        Assert.Equal(
            request, ActionRequests.Start(plan.Now, plan.Now.Buffer[0], "default").RequestId);
        plan.FailStarts(mayHelp: true);
        Assert.Equal(plan.Time + 2.Seconds(), plan.Now.WakeAt);
        plan.Wake().StartAll();
        Assert.Equal(1, plan.Now.Counters.Actions);
    }

    [Fact]
    public void Start_WhenItFailsForGood_IsDropped()
    {
        var plan = SchedulePlan.Hourly().Wake().FailStarts(mayHelp: false);

        Assert.Empty(plan.Now.Buffer);
        Assert.Equal(0, plan.Now.Counters.Actions);
        Assert.Equal(Noon + 2.Hours(), plan.Now.WakeAt);
    }

    [Fact]
    public void Start_WhenTheCatchupWindowIsOver_IsTriedNoMore()
    {
        var plan = SchedulePlan.Hourly(configure: s => s.Policies.CatchupWindow = 10.Seconds().ToProto()).Wake();
        while (plan.Now.Buffer.Count > 0)
        {
            plan.FailStarts(mayHelp: true);
            if (plan.Now.Buffer.Count > 0)
            {
                plan.Wake();
            }
        }

        Assert.Equal(Noon + 1.Hours() + 15.Seconds(), plan.Time);
    }
}
