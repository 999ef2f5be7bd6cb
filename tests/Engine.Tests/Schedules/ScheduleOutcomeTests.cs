using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Describing;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Schedules;

/// <summary>What a schedule learns from the workflows that it started.</summary>
public sealed class ScheduleOutcomeTests
{
    [Fact]
    public void Result_WhenARunCompletes_GoesToTheNextOne()
    {
        var plan = SchedulePlan.Hourly().Wake().StartAll().Close(result: Result("one")).Wake();
        Assert.Equal(Result("one"), NextRequest(plan).LastCompletionResult);

        plan.StartAll().Close(WorkflowExecutionStatus.Failed, failure: "boom").Wake();
        Assert.Equal(Result("one"), NextRequest(plan).LastCompletionResult);
        Assert.Equal("boom", NextRequest(plan).ContinuedFailure.Message);

        plan.StartAll().Close(result: Result("two")).Wake();
        Assert.Equal(Result("two"), NextRequest(plan).LastCompletionResult);
        Assert.Null(NextRequest(plan).ContinuedFailure);
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Failed, "paused due to workflow failure: wf-2026-01-01T13:00:00Z: boom")]
    [InlineData(WorkflowExecutionStatus.TimedOut, "paused due to workflow timeout: wf-2026-01-01T13:00:00Z")]
    [InlineData(WorkflowExecutionStatus.Canceled, null)]
    [InlineData(WorkflowExecutionStatus.Terminated, null)]
    [InlineData(WorkflowExecutionStatus.Completed, null)]
    public void PauseOnFailure_PausesAfterFailureAndTimeout(WorkflowExecutionStatus status, string? notes)
    {
        var plan = SchedulePlan.Hourly(configure: schedule => schedule.Policies.PauseOnFailure = true).Wake().StartAll();
        var token = plan.Now.ConflictToken;

        plan.Close(status, failure: status == WorkflowExecutionStatus.Failed ? "boom" : null);

        Assert.Equal((notes is not null, notes ?? ""), (plan.Now.IsPaused, plan.Now.Notes));
        Assert.Equal(notes is not null, plan.Now.ConflictToken > token);
    }

    [Fact]
    public void RecentActions_AreTheLastTenOldestFirstWithTheirStatus()
    {
        var plan = SchedulePlan.Hourly();
        for (var i = 0; i < 12; i++)
        {
            plan.Wake().StartAll().Close(i % 2 == 0 ? WorkflowExecutionStatus.Completed : WorkflowExecutionStatus.Failed);
        }

        plan.Wake().StartAll();
        var recent = ActionTimes.Recent(plan.Now, 10).ToList();
        Assert.Equal(10, recent.Count);
        Assert.Equal(
            [.. Enumerable.Range(4, 10).Select(hour => (SchedulePlan.Noon + hour.Hours()).ToTimestamp())],
            recent.Select(action => action.ScheduleTime));
        Assert.Equal(WorkflowExecutionStatus.Running, recent[^1].StartWorkflowStatus);
        Assert.Equal(WorkflowExecutionStatus.Failed, recent[^2].StartWorkflowStatus);
        Assert.Equal(recent[^1].StartWorkflowResult, Assert.Single(ActionTimes.Running(plan.Now)));
        Assert.Equal(13, plan.Now.Counters.Actions);
    }

    [Fact]
    public void Reports_WhenTheyComeTwice_ChangeNothing()
    {
        var plan = SchedulePlan.Hourly().Wake();
        var start = Assert.Single(plan.Effects.OfType<StartAction>()).Start;
        var started = new RecordActionStarted(
            SchedulePlan.Key, plan.Now.Incarnation, start.Sequence, "wf", new RunId(Guid.NewGuid()), plan.Time);
        plan.Send(started);
        var state = plan.State;

        Assert.Null(plan.Send(started).Last.After);
        Assert.Null(plan.Send(new RecordActionNotStarted(SchedulePlan.Key, plan.Now.Incarnation, start.Sequence, true)).Last.After);
        var closed = new RecordActionClosed(
            SchedulePlan.Key, plan.Now.Incarnation, start.Sequence, new ClosedChain(WorkflowExecutionStatus.Completed));
        plan.Send(closed with { Incarnation = Guid.NewGuid() });
        Assert.Same(state, plan.State);
        plan.Send(closed);
        Assert.Null(plan.Send(closed).Last.After);
    }

    [Fact]
    public void Effects_WhenTheScheduleIsLoaded_AreAllThatItWaitsFor()
    {
        var plan = SchedulePlan.Hourly(ScheduleOverlapPolicy.CancelOther).Wake().StartAll().Wake();
        plan.Trigger(ScheduleOverlapPolicy.AllowAll);

        var all = ActionEffects.All(plan.Now).ToList();

        Assert.Equal(3, all.Count);
        Assert.Single(all.OfType<StartAction>());
        Assert.Single(all.OfType<WatchAction>());
        Assert.Single(all.OfType<EndAction>());
    }

    [Fact]
    public void Request_CarriesTheActionAndWhereItComesFrom()
    {
        var plan = SchedulePlan.Hourly(configure: schedule =>
        {
            var action = schedule.Action.StartWorkflow;
            action.Input = Result("input");
            action.WorkflowRunTimeout = 5.Minutes().ToProto();
            action.Memo = new Memo { Fields = { ["m"] = new Payload() } };
            action.SearchAttributes = new SearchAttributes { IndexedFields = { ["Color"] = new Payload() } };
            action.Priority = new Priority { PriorityKey = 2 };
            action.Header = new Header { Fields = { ["h"] = new Payload() } };
            schedule.Spec.Jitter = 10.Minutes().ToProto();
        });
        var request = NextRequest(plan.Wake());

        Assert.Equal("wf-2026-01-01T13:00:00Z", request.WorkflowId);
        Assert.Equal("temporal-scheduler-default-plan", request.Identity);
        Assert.Equal(WorkflowIdReusePolicy.RejectDuplicate, request.WorkflowIdReusePolicy);
        Assert.Equal(Result("input"), request.Input);
        Assert.Equal(5.Minutes(), request.WorkflowRunTimeout.OrZero());
        Assert.Equal(2, request.Priority.PriorityKey);
        Assert.True(request.Memo.Fields.ContainsKey("m"));
        Assert.True(request.Header.Fields.ContainsKey("h"));
        Assert.Equal(
            ["Color", "TemporalScheduledById", "TemporalScheduledStartTime"],
            request.SearchAttributes.IndexedFields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("\"plan\"", request.SearchAttributes.IndexedFields["TemporalScheduledById"].Data.ToStringUtf8());
        Assert.Equal(
            "\"2026-01-01T13:00:00Z\"",
            request.SearchAttributes.IndexedFields["TemporalScheduledStartTime"].Data.ToStringUtf8());
        Assert.Single(plan.Now.Action.StartWorkflow.SearchAttributes.IndexedFields);
        Assert.Equal(
            WorkflowIdReusePolicy.AllowDuplicate,
            NextRequest(SchedulePlan.Hourly().Trigger()).WorkflowIdReusePolicy);
    }

    private static Temporalio.Api.WorkflowService.V1.StartWorkflowExecutionRequest NextRequest(SchedulePlan plan) =>
        ActionRequests.Start(plan.Now, plan.Now.Buffer[0], "default");

    private static Payloads Result(string text) =>
        new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(text) } } };
}
