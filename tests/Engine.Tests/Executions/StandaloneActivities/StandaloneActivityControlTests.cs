using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.StandaloneActivities.ActivityInputs;

namespace AugmentedOS.Engine.Tests.Executions.StandaloneActivities;

/// <summary>What operators do to an activity without a workflow, and its start delay.</summary>
public sealed class StandaloneActivityControlTests
{
    [Fact]
    public void StartDelay_WhenSet_HoldsTheFirstAttemptAndMovesItsDeadlines() =>
        Started(request =>
            {
                request.StartDelay = 30.Seconds().ToProto();
                request.ScheduleToCloseTimeout = 20.Seconds().ToProto();
            })
            .AndState(state => Assert.Empty(PendingTasks.All(state)))
            .AndState(state => Assert.Equal(Scenario.Start + 50.Seconds(), Of(state).ExpiresAt))
            .WhenElapsed(30.Seconds())
            .AndState(state => Assert.Single(PendingTasks.All(state)))
            .WhenElapsed(20.Seconds())
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.TimedOut, state.Status));

    [Fact]
    public void StartDelay_WhenChangedBeforeItsEnd_HoldsForTheFirstAttempt() =>
        Started(request => request.StartDelay = 30.Seconds().ToProto())
            .When(Update(new ActivityOptions { StartDelay = 10.Seconds().ToProto() }, "start_delay"), at: 5.Seconds())
            .AndState(state => Assert.Equal(Scenario.Start + 10.Seconds(), Of(state).ScheduledAt))
            .When(Update(new ActivityOptions(), "startDelay", "again"), at: 6.Seconds())
            .AndState(state => Assert.Single(PendingTasks.All(state)));

    [Fact]
    public void StartDelay_WhenChangedAfterItsEnd_IsRefused() =>
        Started().When(Update(new ActivityOptions { StartDelay = 10.Seconds().ToProto() }, "start_delay"))
            .AndRejected(
                StatusCode.FailedPrecondition,
                "cannot update start_delay: the first activity attempt has already been dispatched");

    [Fact]
    public void StartDelay_WhenPausedAndGoingOn_IsStillKept() =>
        Started(request => request.StartDelay = 30.Seconds().ToProto())
            .When(Pause(), at: 5.Seconds())
            .When(Unpause(), at: 10.Seconds())
            .AndState(state => Assert.Equal(
                (Scenario.Start + 30.Seconds(), true), (Of(state).ScheduledAt, Of(state).WaitsForRetry)));

    [Fact]
    public void Pause_WhenItWaits_TakesItsTaskAwayAndShows() =>
        Started().When(Pause())
            .AndState(state => Assert.Empty(PendingTasks.All(state)))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Paused, state.Status))
            .When(Unpause())
            .AndState(state => Assert.Single(PendingTasks.All(state)))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Running, state.Status));

    [Fact]
    public void Pause_WhenAWorkerHasIt_HoldsOnlyTheNextAttempt() =>
        Started().When(Take).When(Pause())
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Running, state.Status))
            .When(Heartbeat).AndReply<RecordedActivityHeartbeat>(reply =>
                Assert.Equal(new RecordedActivityHeartbeat(false, IsPaused: true), reply))
            .When(Fail())
            .AndState(state => Assert.Equal((WorkflowExecutionStatus.Paused, 2), (state.Status, Of(state).Attempt)))
            .WhenElapsed(20.Seconds())
            .AndState(state => Assert.Empty(PendingTasks.All(state)));

    [Fact]
    public void Pause_WhenTheLastAttemptFails_DoesNotKeepItFromFailing() =>
        Started(request => request.RetryPolicy.MaximumAttempts = 1).When(Take).When(Pause()).When(Fail())
            .AndState(state => Assert.Equal(
                (WorkflowExecutionStatus.Failed, RetryState.MaximumAttemptsReached),
                (state.Status, state.Activity!.RetryState)));

    [Fact]
    public void Pause_WhenItCannotBe_IsRefusedWithWhereItStands() =>
        Started().When(Pause()).When(Pause()).ThenNothing().AndReply<Done>()
            .When(Pause("other")).AndRejected(
                StatusCode.FailedPrecondition, "activity is in non-pausable state Paused")
            .When(Unpause()).When(Pause()).ThenNothing().AndReply<Done>()
            .When(Take).When(Cancel()).When(Pause("other")).AndRejected(
                StatusCode.FailedPrecondition, "activity is in non-pausable state CancelRequested");

    [Fact]
    public void Unpause_WhenItCannotBe_IsRefusedWithWhereItStands() =>
        Started()
            .When(Unpause()).AndRejected(
                StatusCode.FailedPrecondition, "activity is in non-unpausable state Scheduled")
            .When(Pause()).When(Unpause()).When(Unpause()).ThenNothing().AndReply<Done>()
            .When(Terminate()).When(Unpause("other")).AndRejected(
                StatusCode.FailedPrecondition, "activity is in terminal state Terminated");

    [Fact]
    public void Unpause_WhenABackoffIsNotOver_WaitsForIt() =>
        Started().When(Take).When(Fail()).When(Pause(), at: 2.Seconds()).When(Unpause(), at: 4.Seconds())
            .AndState(state => Assert.Equal(
                (Scenario.Start + 10.Seconds(), true), (Of(state).ScheduledAt, Of(state).WaitsForRetry)));

    [Fact]
    public void Reset_WhenABackoffIsNotOver_BeginsAgainAtOnce() =>
        Started().When(Take).When(Heartbeat).When(Fail())
            .When(Reset(heartbeat: true), at: 2.Seconds())
            .AndState(state => Assert.Equal((1, false, null), (
                Of(state).Attempt, Of(state).WaitsForRetry, Of(state).HeartbeatDetails)))
            .AndState(state => Assert.Single(PendingTasks.All(state)));

    [Fact]
    public void Reset_WhenAWorkerHasIt_LeavesItsAttemptAloneAndFollowsIt() =>
        Started(request => request.RetryPolicy.MaximumAttempts = 1).When(Take).When(Reset(heartbeat: true))
            .When(Heartbeat).AndReply<RecordedActivityHeartbeat>(reply =>
                Assert.Equal(new RecordedActivityHeartbeat(false, IsReset: true), reply))
            .When(Fail(info => info.NonRetryable = true))
            .AndState(state => Assert.Equal((1, null), (Of(state).Attempt, Of(state).HeartbeatDetails)))
            .AndState(state => Assert.Single(PendingTasks.All(state)));

    [Fact]
    public void Reset_WhenAWorkerHasItAndCompletes_ChangesNothing() =>
        Started().When(Take).When(Reset()).When(Complete)
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Completed, state.Status));

    [Fact]
    public void Reset_WhenItKeepsThePause_WaitsForItsEndAtTheFirstAttempt() =>
        Started().When(Take).When(Pause()).When(Reset(keepPaused: true)).When(Fail())
            .AndState(state => Assert.Equal((WorkflowExecutionStatus.Paused, 1), (state.Status, Of(state).Attempt)))
            .When(Unpause())
            .AndState(state => Assert.Single(PendingTasks.All(state)));

    [Fact]
    public void Reset_WhenItKeepsThePauseOfABackoff_ForgetsTheBackoff() =>
        Started().When(Take).When(Fail()).When(Pause()).When(Reset(keepPaused: true)).When(Unpause())
            .AndState(state => Assert.Single(PendingTasks.All(state)));

    [Fact]
    public void Reset_WhenItCannotBe_SaysWhy() =>
        Started().When(Take).When(Reset()).When(Reset()).ThenNothing().AndReply<Done>()
            .When(Reset("other")).AndRejected(
                StatusCode.FailedPrecondition, "cannot reset an activity with a pending reset")
            .When(Cancel()).When(Reset("other")).AndRejected(
                StatusCode.FailedPrecondition, "cannot reset an activity with a pending cancellation")
            .When(Complete).When(Reset("other")).AndRejected(
                StatusCode.FailedPrecondition, "activity execution is not running");

    [Fact]
    public void Reset_WhenItRestoresOptionsUnderAWorker_DoesSoWithTheNextAttempt() =>
        Started()
            .When(Update(new ActivityOptions { HeartbeatTimeout = 7.Seconds().ToProto() }, "heartbeat_timeout"))
            .When(Take).When(Reset(restore: true))
            .AndState(state => Assert.Equal(7.Seconds().ToProto(), Of(state).Attributes.HeartbeatTimeout))
            .When(Fail())
            .AndState(state => Assert.Equal(TimeSpan.Zero.ToProto(), Of(state).Attributes.HeartbeatTimeout));

    [Fact]
    public void Update_WhenItWaits_MovesItToItsNewQueue() =>
        Started().When(Update(new ActivityOptions { TaskQueue = new() { Name = "other" } }, "task_queue.name"))
            .AndReply<ActivityOptions>(options => Assert.Equal("other", options.TaskQueue.Name))
            .AndState(state => Assert.Equal("other", Assert.Single(PendingTasks.All(state)).Queue.Name));

    [Fact]
    public void Update_WhenABackoffGoesOn_FollowsTheNewPolicyUnlessTheWorkerSaidHowLong()
    {
        var options = new ActivityOptions
        {
            RetryPolicy = new RetryPolicy { InitialInterval = 3.Seconds().ToProto() },
        };
        var update = Update(options, "retry_policy.initial_interval");

        Started().When(Take).When(Fail()).When(update)
            .AndState(state => Assert.Equal(Scenario.Start + 3.Seconds(), Of(state).ScheduledAt));
        Started().When(Take).When(Fail(info => info.NextRetryDelay = 8.Seconds().ToProto())).When(update)
            .AndState(state => Assert.Equal(Scenario.Start + 8.Seconds(), Of(state).ScheduledAt));
    }

    [Fact]
    public void Update_WhenItRestores_BringsTheStartDelayBackOnlyBeforeTheFirstStart()
    {
        var shorter = Update(new ActivityOptions { StartDelay = 5.Seconds().ToProto() }, "start_delay");

        Started(request => request.StartDelay = 30.Seconds().ToProto()).When(shorter).When(Restore())
            .AndState(state => Assert.Equal(30.Seconds(), state.Activity!.StartDelay));
        Started(request => request.StartDelay = 30.Seconds().ToProto()).When(shorter)
            .WhenElapsed(5.Seconds()).When(Take).When(Restore())
            .AndState(state => Assert.Equal(5.Seconds(), state.Activity!.StartDelay));
    }

    [Fact]
    public void Update_WhenItCannotBe_IsRefusedWithWhereItStands()
    {
        var update = Update(new ActivityOptions { HeartbeatTimeout = 7.Seconds().ToProto() }, "heartbeat_timeout");

        Started().When(Take).When(Cancel()).When(update)
            .AndRejected(StatusCode.FailedPrecondition, "Cannot update options for activity in state CancelRequested");
        Started().When(Terminate()).When(update)
            .AndRejected(StatusCode.FailedPrecondition, "Cannot update options for activity in state Terminated");
        Started().When(update).When(update).ThenNothing().AndReply<ActivityOptions>();
    }
}
