using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using static AugmentedOS.Engine.Tests.Executions.StandaloneActivities.ActivityInputs;

namespace AugmentedOS.Engine.Tests.Executions.StandaloneActivities;

/// <summary>The life of an activity without a workflow.</summary>
public sealed class StandaloneActivityTests
{
    [Fact]
    public void Activity_WhenItCompletes_ClosesItsRunWithoutAWorkflowTask() =>
        Started().When(Take).When(Complete).AndState(state =>
        {
            Assert.Equal(WorkflowExecutionStatus.Completed, state.Status);
            Assert.Equal(Text("done"), state.Activity!.Result);
            Assert.Equal(new AttemptWorker("sdk", "1", "", ""), state.Activity.Worker);
            Assert.Null(state.Task);
            Assert.False(state.IsHot);
        });

    [Fact]
    public void Activity_WhenItFails_IsTriedAgainAfterItsInterval() =>
        Started().When(Take).When(Fail(), at: 2.Seconds())
            .AndState(state => Assert.Equal((2, true), (Of(state).Attempt, Of(state).WaitsForRetry)))
            .AndState(state => Assert.Empty(PendingTasks.All(state)))
            .WhenElapsed(10.Seconds())
            .When(Take)
            .AndReply<StartedActivity>(started => Assert.Equal(2, started.Activity.Attempt));

    [Fact]
    public void Activity_WhenItsFailureIsFinal_FailsWithIt() =>
        Started().When(Take).When(Fail(info => info.NonRetryable = true)).AndState(state =>
        {
            Assert.Equal(WorkflowExecutionStatus.Failed, state.Status);
            Assert.Equal("no", state.Activity!.Failure!.Message);
            Assert.Equal(RetryState.NonRetryableFailure, state.Activity.RetryState);
        });

    [Fact]
    public void Activity_WhenItFailsWithoutAWord_SaysThat() =>
        Started(request => request.RetryPolicy.MaximumAttempts = 1).When(Take)
            .When(state => new FailActivity(
                state.Key.Workflow, state.Key.Run, ActivityTarget.Of(Of(state)), null, null, "worker"))
            .AndState(state => Assert.Equal(
                "activity task failed without failure details", state.Activity!.Failure!.Message));

    [Fact]
    public void Activity_WhenItsTimeIsUp_HasTimedOutWithItsLastFailureAndProgress() =>
        Started(request => request.ScheduleToCloseTimeout = 15.Seconds().ToProto())
            .When(Take).When(Heartbeat).When(Fail())
            .WhenElapsed(10.Seconds()).When(Take)
            .WhenElapsed(5.Seconds())
            .AndState(state =>
            {
                var failure = state.Activity!.Failure!;
                Assert.Equal(WorkflowExecutionStatus.TimedOut, state.Status);
                Assert.Equal(TimeoutType.ScheduleToClose, failure.TimeoutFailureInfo.TimeoutType);
                Assert.Equal(Text("half"), failure.TimeoutFailureInfo.LastHeartbeatDetails);
                Assert.Equal("no", failure.Cause.Message);
                Assert.Equal(1, state.Activity.Heartbeats);
            });

    [Fact]
    public void Start_WhenRepeated_FindsTheRunAlsoAfterItsEnd() =>
        Started().When(Start()).ThenNothing().AndReply<StartedStandalone>(started => Assert.False(started.IsNew))
            .When(Take).When(Complete)
            .When(Start()).ThenNothing();

    [Fact]
    public void Start_WhenEager_HandsOutTheFirstAttemptAlsoToARepetitionAndToNoPoll()
    {
        var eager = Start(request => (request.RequestEagerExecution, request.Identity) = (true, "starter"));

        Scenario.Given().When(eager)
            .AndReply<StartedStandalone>(started => Assert.Equal(1, started.Eager!.Activity.Attempt))
            .AndState(state => Assert.Equal("starter", Of(state).Identity))
            .AndState(state => Assert.Empty(PendingTasks.All(state)))
            .When(eager).ThenNothing()
            .AndReply<StartedStandalone>(started => Assert.Equal((false, 1), (started.IsNew, started.Eager!.Activity.Attempt)))
            .When(Fail())
            .When(eager).AndReply<StartedStandalone>(started => Assert.Null(started.Eager));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Start_WhenEagerButDelayedOrSwitchedOff_WaitsForAPoll(bool isDelayed, bool isOff)
    {
        var limits = EngineLimits.Default with
        {
            Features = EngineLimits.Default.Features with { EagerActivities = !isOff },
        };
        Scenario.Given(limits).When(Start(request =>
            {
                request.RequestEagerExecution = true;
                request.StartDelay = isDelayed ? 5.Seconds().ToProto() : null;
            }))
            .AndReply<StartedStandalone>(started => Assert.Null(started.Eager))
            .AndState(state => Assert.False(state.Activity!.IsEager));
    }

    [Fact]
    public void Start_WhenTheIdIsInUse_IsRefusedWithTheRun() =>
        Started().When(Start(request => request.RequestId = "other"))
            .AndRejected(StatusCode.AlreadyExists, "activity execution already started")
            .AndState(state =>
            {
                var scenario = Started();
                var detail = scenario.When(Start(request => request.RequestId = "other")).Decision.Rejection!.Detail;
                Assert.Equal(
                    new ActivityExecutionAlreadyStartedFailure
                    {
                        StartRequestId = "start",
                        RunId = scenario.State.Key.Run.ToString(),
                    },
                    detail);
            });

    [Theory]
    [InlineData(ActivityIdReusePolicy.AllowDuplicate, true, true)]
    [InlineData(ActivityIdReusePolicy.AllowDuplicateFailedOnly, false, true)]
    [InlineData(ActivityIdReusePolicy.RejectDuplicate, false, false)]
    public void Start_WhenTheIdWasInUse_FollowsTheReusePolicy(
        ActivityIdReusePolicy policy, bool afterCompletion, bool afterTermination)
    {
        var again = Start(request => (request.RequestId, request.IdReusePolicy) = ("again", policy));

        Assert.Equal(afterCompletion, !Started().When(Take).When(Complete).When(again).Decision.IsRejected);
        Assert.Equal(afterTermination, !Started().When(Terminate()).When(again).Decision.IsRejected);
    }

    [Fact]
    public void Start_WhenItIsContentWithTheRun_AttachesItsLinksAndCallbacksOnce()
    {
        var attaching = Start(request =>
        {
            request.RequestId = "second";
            request.IdConflictPolicy = ActivityIdConflictPolicy.UseExisting;
            request.OnConflictOptions = new OnConflictOptions
            {
                AttachRequestId = true,
                AttachLinks = true,
                AttachCompletionCallbacks = true,
            };
            request.Links.Add(new Link { BatchJob = new Link.Types.BatchJob { JobId = "job" } });
            request.CompletionCallbacks.Add(new Callback { Nexus = new Callback.Types.Nexus { Url = "temporal://system" } });
        });

        Started().When(attaching).When(attaching).ThenNothing()
            .AndState(state => Assert.Equal((1, 1), (state.Activity!.Links.Count, state.Nexus.Callbacks.Count)))
            .When(Take).When(Complete)
            .AndState(state => Assert.Equal(1, state.Nexus.CallbacksDue));
    }

    [Fact]
    public void Cancel_WhenNobodyWorksOnIt_EndsItAtOnce() =>
        Started().When(Cancel()).AndState(state =>
        {
            var failure = state.Activity!.Failure!;
            Assert.Equal(WorkflowExecutionStatus.Canceled, state.Status);
            Assert.Equal("Activity canceled", failure.Message);
            Assert.Equal("client", failure.CanceledFailureInfo.Identity);
            Assert.Equal("\"enough\"", failure.CanceledFailureInfo.Details.Payloads_[0].Data.ToStringUtf8());
        });

    [Fact]
    public void Cancel_WhenAWorkerHasIt_ReachesItWithItsHeartbeatAndIsTheLastAttempt() =>
        Started().When(Take).When(Cancel())
            .When(Heartbeat).AndReply<RecordedActivityHeartbeat>(reply =>
                Assert.Equal(new RecordedActivityHeartbeat(IsCancelRequested: true), reply))
            .When(Fail())
            .AndState(state => Assert.Equal(
                (WorkflowExecutionStatus.Failed, RetryState.CancelRequested), (state.Status, state.Activity!.RetryState)));

    [Fact]
    public void Cancel_WhenTheWorkerStops_EndsWithWhatItSays() =>
        Started().When(Take)
            .When(Stop).AndRejected(
                StatusCode.InvalidArgument,
                "unable to mark activity as canceled without activity being request canceled first")
            .When(Cancel()).When(Stop)
            .AndState(state => Assert.Equal(
                Text("stopped"), state.Activity!.Failure!.CanceledFailureInfo.Details));

    [Fact]
    public void Cancel_WhenRepeated_IsServedOnce() =>
        Started().When(Take).When(Cancel()).When(Cancel()).ThenNothing().AndReply<Done>()
            .When(Cancel("other")).AndRejected(
                StatusCode.FailedPrecondition, "cancellation already requested with request ID cancel")
            .When(Complete).When(Cancel()).ThenNothing().AndReply<Done>()
            .When(Cancel("other")).AndRejected(
                StatusCode.FailedPrecondition, "activity is in terminal state Completed");

    [Fact]
    public void Terminate_WhenRepeated_IsServedOnce() =>
        Started().When(Take).When(Terminate()).AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Terminated, state.Status);
                Assert.Equal(("enough", "client"), (
                    state.Activity!.Failure!.Message, state.Activity.Failure.TerminatedFailureInfo.Identity));
            })
            .When(Terminate()).ThenNothing().AndReply<Done>()
            .When(Terminate("other")).AndRejected(
                StatusCode.FailedPrecondition, "already terminated with request ID terminate");

    [Fact]
    public void Terminate_WhenItHasEnded_IsRefused() =>
        Started().When(Take).When(Complete)
            .When(Terminate()).AndRejected(StatusCode.FailedPrecondition, "invalid transition from Completed");

    [Fact]
    public void Answer_WhenItsAttemptIsOver_FindsNothing()
    {
        var scenario = Started().When(Take);
        var late = Complete(scenario.State);

        scenario.When(Fail()).When(late).AndRejected(StatusCode.NotFound, "activity not found for ID: activity");
    }

    [Fact]
    public void Complete_WhenNobodyTookIt_CountsAsStartedThen() =>
        Started().Wait(3.Seconds())
            .When(state => new CompleteActivity(
                state.Key.Workflow, null, new ActivityTarget.ById(Id) { IsStandalone = true }, Text("done"), "outside"))
            .AndState(state => Assert.Equal(
                (WorkflowExecutionStatus.Completed, Scenario.Start + 3.Seconds(), "outside"),
                (state.Status, state.Activity!.FirstStartedAt, Of(state).LastWorkerIdentity)));

    [Fact]
    public void Fail_ByIdWhenNobodyTookIt_FindsNothing() =>
        Started().When(state => new FailActivity(
                state.Key.Workflow, null, new ActivityTarget.ById(Id) { IsStandalone = true }, null, null, "outside"))
            .AndRejected(StatusCode.NotFound, "activity not found for ID: activity");

    [Fact]
    public void Task_WhenItWaits_IsInTheQueueOfTheNamespace() =>
        Started().AndState(state => Assert.Equal(
            FixedNamespaces.Default.Id, Assert.Single(PendingTasks.All(state)).Queue.Namespace));
}
