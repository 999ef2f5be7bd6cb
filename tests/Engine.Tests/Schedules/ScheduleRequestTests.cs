using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Tests.Schedules;

/// <summary>What clients ask of a schedule.</summary>
public sealed class ScheduleRequestTests
{
    private static readonly Instant Noon = SchedulePlan.Noon;

    [Fact]
    public void Create_WhenRepeated_AnswersTheSame()
    {
        var plan = SchedulePlan.Hourly();
        Assert.Null(plan.Create().Last.After);
        Assert.Same(plan.State, plan.Last.Reply);
    }

    [Fact]
    public void Create_WhenTheIdIsTaken_IsRefusedWithTheDetailThatSdksKnow()
    {
        var refused = SchedulePlan.Hourly().Create(requestId: "other").Last.Rejection!;

        Assert.Equal(StatusCode.AlreadyExists, refused.Code);
        Assert.Equal("schedule \"plan\" is already registered", refused.Message);
        Assert.Equal("create", Assert.IsType<WorkflowExecutionAlreadyStartedFailure>(refused.Detail).StartRequestId);
    }

    [Fact]
    public void Create_WhenTheSpecIsCanonical_IsNotChangedByIt()
    {
        var plan = SchedulePlan.Hourly();
        Assert.Equal((1, 0), ((int)plan.Now.ConflictToken, (int)plan.Now.Counters.Actions));
        Assert.Null(plan.Now.UpdatedAt);
        Assert.Equal(plan.Time, plan.Now.CreatedAt);
    }

    [Fact]
    public void Update_WhenTheTokenIsOld_IsRefused()
    {
        var plan = SchedulePlan.Hourly().Patch(new SchedulePatch { Pause = "p" });

        var refused = plan.Update(request: request => request.ConflictToken = ConflictTokens.ToToken(1)).Last.Rejection!;
        Assert.Equal((StatusCode.FailedPrecondition, "mismatched conflict token"), (refused.Code, refused.Message));
        Assert.Null(plan.Update(request: request => request.ConflictToken = ConflictTokens.ToToken(2)).Last.Rejection);
        Assert.Null(plan.Update(request: request => request.ConflictToken = ByteString.Empty).Last.Rejection);
    }

    [Fact]
    public void Update_ReplacesSpecActionPoliciesAndState()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.BufferAll, schedule => schedule.State = new() { Paused = true, Notes = "n" });
        plan.Time += 5.Minutes();

        plan.Update(schedule => schedule.Action.StartWorkflow.WorkflowId = "other");

        Assert.Equal((false, ""), (plan.Now.IsPaused, plan.Now.Notes));
        Assert.Equal("other", plan.Now.Action.StartWorkflow.WorkflowId);
        Assert.Equal(ScheduleOverlapPolicy.Skip, plan.Now.OverlapPolicy);
        Assert.Equal(plan.Time, plan.Now.UpdatedAt);
    }

    [Fact]
    public void Update_WhenItGivesAttributes_ReplacesAllAndWithoutKeepsAll()
    {
        var given = new SearchAttributes { IndexedFields = { ["A"] = new Payload(), ["B"] = new Payload() } };
        var plan = SchedulePlan.Hourly().Update(attributes: given);
        Assert.Equal(["A", "B"], plan.Now.SearchAttributes.Keys);

        plan.Update();
        Assert.Equal(["A", "B"], plan.Now.SearchAttributes.Keys);
        plan.Update(attributes: new SearchAttributes { IndexedFields = { ["C"] = new Payload() } });
        Assert.Equal(["C"], plan.Now.SearchAttributes.Keys);
        plan.Update(attributes: new SearchAttributes());
        Assert.Empty(plan.Now.SearchAttributes);
    }

    [Fact]
    public void Patch_WhenRepeated_IsCarriedOutOnce()
    {
        var trigger = new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest() };
        var plan = SchedulePlan.Hourly().Patch(trigger, "once");
        Assert.Single(plan.Started);

        Assert.Null(plan.Patch(trigger, "once").Last.After);
        Assert.Single(plan.Now.Buffer);
    }

    [Fact]
    public void Patch_WhenItPausesAndUnpauses_DoesBothInThatOrder()
    {
        var plan = SchedulePlan.Hourly().Patch(new SchedulePatch { Pause = "p", Unpause = "u" });
        Assert.Equal((false, "u"), (plan.Now.IsPaused, plan.Now.Notes));
        Assert.Null(plan.Now.UpdatedAt);
    }

    [Fact]
    public void Trigger_WhenPausedAndExhausted_StartsAllTheSame()
    {
        var plan = SchedulePlan.Hourly(configure: schedule => schedule.State =
            new() { Paused = true, LimitedActions = true, RemainingActions = 0 });

        Assert.Equal(["2026-01-01T12:01:00Z"], plan.Trigger().Started);
    }

    [Fact]
    public void Trigger_WhenItNamesATime_IsForThatTime()
    {
        var plan = SchedulePlan.Hourly().Patch(new SchedulePatch
        {
            TriggerImmediately = new TriggerImmediatelyRequest { ScheduledTime = (Noon + -(3.Days())).ToTimestamp() },
        });
        Assert.Equal(["2025-12-29T12:00:00Z"], plan.Started);
    }

    [Fact]
    public void Backfill_TakesBothEndsAndMindsNeitherPauseNorCatchup()
    {
        var plan = SchedulePlan.Hourly(configure: schedule =>
        {
            schedule.State = new() { Paused = true };
            schedule.Policies = new SchedulePolicies { CatchupWindow = 10.Seconds().ToProto() };
        });

        plan.Backfill(Noon + -(5.Hours()), Noon + -(3.Hours()), ScheduleOverlapPolicy.AllowAll);

        Assert.Equal(["2026-01-01T07:00:00Z", "2026-01-01T08:00:00Z", "2026-01-01T09:00:00Z"], plan.Started);
        Assert.Empty(plan.Now.Backfills);
    }

    [Fact]
    public void Backfill_WhenItIsLong_NeverFillsTheBuffer()
    {
        var plan = SchedulePlan.Hourly().Backfill(Noon + -(1000.Hours()), Noon, ScheduleOverlapPolicy.BufferAll);
        Assert.Equal(100, plan.Now.Buffer.Count);
        var started = new List<string>(plan.Started);
        while (plan.Now.Buffer.Count > 0)
        {
            plan.StartAll().Close();
            started.AddRange(plan.Started);
        }

        Assert.Equal(1001, started.Distinct().Count());
        Assert.Equal(started.Order(StringComparer.Ordinal), started);
        Assert.Empty(plan.Now.Backfills);
    }

    [Fact]
    public void Backfill_WhenItsTimesAreSkipped_ComesToItsEndAtOnce()
    {
        var plan = SchedulePlan.Hourly().Wake().StartAll()
            .Backfill(Noon + -(30_000.Hours()), Noon, ScheduleOverlapPolicy.Skip);
        while (plan.Now.WakeAt <= plan.Time)
        {
            plan.WakeAt(plan.Time);
        }

        Assert.Empty(plan.Now.Backfills);
        Assert.Equal(30_001, plan.Now.Counters.OverlapSkipped);
    }

    [Fact]
    public void Backfills_WhenThereAreTooMany_AreRefused()
    {
        var patch = new SchedulePatch();
        for (var i = 0; i < 101; i++)
        {
            patch.BackfillRequest.Add(new BackfillRequest());
        }

        var refused = SchedulePlan.Hourly().Patch(patch).Last.Rejection!;
        Assert.Equal((StatusCode.FailedPrecondition, "too many concurrent backfillers"), (refused.Code, refused.Message));
    }

    [Fact]
    public void Requests_WhenThereIsNoSchedule_AreNotFound()
    {
        var plan = new SchedulePlan();
        Assert.Equal("schedule not found", plan.Update().Last.Rejection?.Message);
        Assert.Equal("schedule not found", plan.Trigger().Last.Rejection?.Message);
        Assert.Equal(StatusCode.NotFound, plan.Send(new DeleteSchedule(SchedulePlan.Key)).Last.Rejection?.Code);
    }

    [Fact]
    public void Delete_MakesRoomForAnotherOfItsId()
    {
        var plan = SchedulePlan.Hourly();
        var first = plan.Now.Incarnation;
        plan.Send(new DeleteSchedule(SchedulePlan.Key));
        Assert.Null(plan.State);

        plan.Create(requestId: "again");
        Assert.NotEqual(first, plan.Now.Incarnation);
    }
}
