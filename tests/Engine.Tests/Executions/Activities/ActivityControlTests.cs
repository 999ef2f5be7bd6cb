using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityControlTests
{
    private static readonly ActivitySelection Activity = new("activity", null);

    [Fact]
    public void Pause_WhenItWaits_KeepsItFromWorkersAndShowsWhy() =>
        Scheduled()
            .When(Pause(), at: 5.Seconds())
            .Then()
            .AndState(state =>
            {
                Assert.Empty(PendingTasks.All(state));
                var info = PendingActivityProjection.Of(Pending(state));
                Assert.True(info.Paused);
                Assert.Equal(PendingActivityState.Paused, info.State);
                Assert.Equal(("operator", "why"), (info.PauseInfo.Manual.Identity, info.PauseInfo.Manual.Reason));
                Assert.Equal(
                    """["property:activityType=Activity"]""",
                    state.SearchAttributes["TemporalPauseInfo"].Data.ToStringUtf8());
            })
            .When(Take())
            .AndReply<StaleTask>();

    [Fact]
    public void PauseInfo_WhenSeveralOfATypeArePaused_NamesItUntilTheLastGoesOn() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule("one"), Schedule("two")))
            .When(Pause() with { Selection = ActivitySelection.All })
            .AndState(state => AssertPaused(state, 2))
            .When(Unpause() with { Selection = new ActivitySelection("one", null) })
            .AndState(state => AssertPaused(state, 1))
            .When(Unpause() with { Selection = new ActivitySelection("two", null) })
            .AndState(state =>
            {
                Assert.Empty(state.PausedActivities);
                Assert.False(state.SearchAttributes.ContainsKey("TemporalPauseInfo"));
            });

    private static void AssertPaused(RunState state, int count)
    {
        Assert.Equal(KeyValuePair.Create("Activity", count), Assert.Single(state.PausedActivities));
        Assert.Equal(
            """["property:activityType=Activity"]""", state.SearchAttributes["TemporalPauseInfo"].Data.ToStringUtf8());
        var reloaded = RunStateCodec.Decode(state.Key, RunStateCodec.Encode(state));
        Assert.Equal(state.PausedActivities, reloaded.PausedActivities);
    }

    [Fact]
    public void Pause_WhenItRuns_LetsItEnd() =>
        Scheduled()
            .When(Take())
            .When(Pause())
            .AndState(state => Assert.Equal(
                PendingActivityState.PauseRequested, PendingActivityProjection.Of(Pending(state)).State))
            .When(Beat())
            .AndReply<RecordedActivityHeartbeat>(reply => Assert.Equal(new(false, IsPaused: true), reply))
            .When(Succeed())
            .Then(ActivityTaskStarted(), ActivityTaskCompleted(), WorkflowTaskScheduled())
            .AndState(state => Assert.False(state.SearchAttributes.ContainsKey("TemporalPauseInfo")));

    [Fact]
    public void Pause_WhenTheRunningAttemptFails_CountsItAndWaits() =>
        Scheduled()
            .When(Take())
            .When(Pause())
            .When(FailWith(Error("boom")))
            .WhenElapsed(1.Minutes())
            .AndState(state =>
            {
                Assert.Equal(2, Pending(state).Attempt);
                Assert.Empty(PendingTasks.All(state));
            })
            .When(Unpause())
            .AndState(state => Assert.Single(PendingTasks.All(state), task => task.Attempt == 2));

    [Fact]
    public void Pause_WhenTheLastAttemptRuns_LeavesItToWhoeverUnpausesIt() =>
        Scheduled(maximumAttempts: 1)
            .When(Take())
            .When(Pause())
            .When(FailWith(Error("boom")))
            .Then()
            .AndState(state =>
            {
                Assert.Equal((2, "boom"), (Pending(state).Attempt, Pending(state).LastFailure?.Message));
                Assert.Empty(PendingTasks.All(state));
            })
            .When(Unpause())
            .When(Take())
            .When(FailWith(Error("boom again")))
            .Then(ActivityTaskStarted(a => a.Attempt = 2), ActivityTaskFailed(), WorkflowTaskScheduled());

    [Fact]
    public void Pause_WhenTheFailureIsFinal_DoesNotHelp() =>
        Scheduled()
            .When(Take())
            .When(Pause())
            .When(FailWith(Error("boom", info => info.NonRetryable = true)))
            .AndState(state => Assert.Empty(state.Activities));

    [Fact]
    public void Pause_Again_IsRefusedUnlessItIsTheSameRequest() =>
        Scheduled()
            .When(Pause())
            .When(Pause())
            .ThenNothing()
            .When(Pause("other"))
            .AndRejected(StatusCode.FailedPrecondition, "activity is already paused");

    [Fact]
    public void Unpause_CanBeginAgain() =>
        Scheduled()
            .When(Take())
            .When(FailWith(Error("boom"), Text("progress")))
            .When(Pause())
            .When(Unpause(resetAttempts: true, resetHeartbeat: true))
            .AndState(state =>
            {
                Assert.Equal(1, Pending(state).Attempt);
                Assert.Null(Pending(state).HeartbeatDetails);
            })
            .When(Take())
            .AndReply<StartedActivity>();

    [Fact]
    public void Unpause_WithJitter_WaitsNoLongerThanThat() =>
        Scheduled()
            .When(Pause())
            .When(Unpause(jitter: 10.Seconds()))
            .AndState(state => Assert.InRange(Pending(state).ScheduledAt - Start, TimeSpan.Zero, 10.Seconds()))
            .WhenElapsed(10.Seconds())
            .AndState(state => Assert.Contains(PendingTasks.All(state), task => task.IsActivity));

    [Fact]
    public void Unpause_WhenItIsNotPaused_ChangesNothing() => Scheduled().When(Unpause()).ThenNothing().AndReply<Done>();

    [Fact]
    public void Reset_WhenARetryWaits_BeginsAtOnceWithTheFirstAttempt() =>
        Scheduled()
            .When(Take())
            .When(FailWith(Error("boom"), Text("progress")))
            .When(Reset())
            .AndState(state =>
            {
                Assert.Equal(1, Pending(state).Attempt);
                Assert.False(Pending(state).WaitsForRetry);
                Assert.Equal(Text("progress"), Pending(state).HeartbeatDetails);
            });

    [Fact]
    public void Reset_WhenItRuns_TellsItAndForgetsWhatItReported() =>
        Scheduled()
            .When(Take())
            .When(Reset(heartbeat: true))
            .When(Beat(Text("progress")))
            .AndReply<RecordedActivityHeartbeat>(reply => Assert.Equal(new(false, IsReset: true), reply))
            .When(FailWith(Error("boom")))
            .AndState(state =>
            {
                Assert.Null(Pending(state).HeartbeatDetails);
                Assert.False(Pending(state).IsReset);
            });

    [Fact]
    public void Reset_WhenALaterAttemptRuns_TakesItsTokenAway()
    {
        var scenario = Scheduled().When(Take()).When(FailWith(Error("boom"))).WhenElapsed(5.Seconds()).When(Take());
        var token = ActivityTarget.Of(Pending(scenario.State));

        scenario.When(Reset()).When(new CompleteActivity(Key.Workflow, null, token, null, "worker"))
            .AndRejected(ActivityTarget.NotRunning);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reset_WhenPaused_StaysSoOnlyWhenAsked(bool keep) =>
        Scheduled()
            .When(Pause())
            .When(Reset(keepPaused: keep))
            .AndState(state => Assert.Equal(keep, Pending(state).Pause is not null));

    [Fact]
    public void Options_WhenChangedAndRestored_AreWhatTheyWere() =>
        Scheduled()
            .When(Change(
                o =>
                {
                    o.TaskQueue = new() { Name = "elsewhere" };
                    o.StartToCloseTimeout = 5.Minutes().ToProto();
                    o.RetryPolicy = new RetryPolicy { MaximumAttempts = 7 };
                },
                "task_queue.name",
                "startToCloseTimeout",
                "retry_policy.maximum_attempts"))
            .AndReply<ActivityOptions>(options =>
            {
                Assert.Equal("elsewhere", options.TaskQueue.Name);
                Assert.Equal(5.Minutes().ToProto(), options.StartToCloseTimeout);
                Assert.Equal(7, options.RetryPolicy.MaximumAttempts);
                Assert.Equal(1.Seconds().ToProto(), options.RetryPolicy.InitialInterval);
            })
            .AndState(state => Assert.Equal("elsewhere", Assert.Single(PendingTasks.All(state)).Queue.Name))
            .When(new UpdateActivitiesOptions(Key.Workflow, null, Activity, new ActivityOptions(), Mask: null))
            .AndReply<ActivityOptions>(options => Assert.Equal("activities", options.TaskQueue.Name))
            .AndState(state => Assert.Null(Pending(state).Original));

    /// <summary>A poller that waits gets nothing, although the commands bring the task up again.</summary>
    [Fact]
    public void Commands_WhenItsTimeHasRunOutAndThatIsNotRecordedYet_BringUpNothingToStart()
    {
        Input[] commands =
            [Unpause(), Reset(), Change(o => o.HeartbeatTimeout = 1.Minutes().ToProto(), "heartbeat_timeout")];
        foreach (var command in commands)
        {
            var overdue = Given(WorkflowTaskIsStarted())
                .When(Complete(Schedule(set: a => a.ScheduleToCloseTimeout = 10.Seconds().ToProto())));
            overdue = (command is UnpauseActivities ? overdue.When(Pause()) : overdue).When(command, at: 20.Seconds());

            Assert.Single(PendingTasks.After(overdue.Decision.Change!));
            Assert.True(PendingTasks.MayBeOverdue(overdue.Decision.Change!));
            overdue.When(Take()).AndReply<StaleTask>();
        }
    }

    [Fact]
    public void Options_WhenTheQueueChanged_LeaveTheOldQueuesPollerWithNothing() =>
        Scheduled()
            .When(Change(o => o.TaskQueue = new() { Name = "elsewhere" }, "task_queue.name"))
            .When(state => new StartActivity(state.Key, Pending(state).ScheduledEventId, 1, "worker", "poll")
            {
                Queue = "activities",
            })
            .AndReply<StaleTask>();

    [Theory]
    [InlineData("nonsense")]
    [InlineData("priority.nonsense")]
    public void Options_WithAPathThatTheyDoNotHave_AreRefused(string path) =>
        Scheduled()
            .When(Change(_ => { }, path))
            .ThenNothing()
            .AndRejected(StatusCode.InvalidArgument, $"unsupported update_mask path: \"{path}\"");

    [Fact]
    public void Command_MeansOneByIdAllOfATypeOrAll()
    {
        var scenario = Given(WorkflowTaskIsStarted()).When(Complete(
            Schedule("one"), Schedule("two", a => a.ActivityType = new ActivityType { Name = "Other" })));

        Assert.Equal(["one"], Found(new ActivitySelection("one", null)));
        Assert.Equal(["two"], Found(new ActivitySelection(null, "Other")));
        Assert.Equal(["one", "two"], Found(ActivitySelection.All));
        scenario.When(new PauseActivities(Key.Workflow, null, new ActivitySelection("none", null), "", "", ""))
            .AndRejected(ActivitySelection.NotFound);

        string[] Found(ActivitySelection selection) => [.. selection.Find(scenario.State).Select(a => a.ActivityId)];
    }

    [Fact]
    public void Command_WhenTheRunIsClosed_IsRefused() =>
        Scheduled().When(Terminate()).When(Pause()).AndRejected(Rejection.AlreadyCompleted());

    private static Scenario Scheduled() => Given(WorkflowTaskIsStarted()).When(Complete(Schedule()));

    private static Scenario Scheduled(int maximumAttempts) => Given(WorkflowTaskIsStarted()).When(Complete(
        Schedule(set: a => a.RetryPolicy = new RetryPolicy { MaximumAttempts = maximumAttempts })));

    private static PauseActivities Pause(string requestId = "pause") =>
        new(Key.Workflow, null, Activity, "operator", "why", requestId);

    private static UnpauseActivities Unpause(
        bool resetAttempts = false, bool resetHeartbeat = false, TimeSpan jitter = default) =>
        new(Key.Workflow, null, Activity, resetAttempts, resetHeartbeat, jitter.ToProto());

    private static ResetActivities Reset(bool heartbeat = false, bool keepPaused = false) =>
        new(Key.Workflow, null, Activity, heartbeat, keepPaused, RestoreOptions: false, Jitter: null);

    private static UpdateActivitiesOptions Change(Action<ActivityOptions> set, params string[] paths)
    {
        var options = new ActivityOptions();
        set(options);
        return new UpdateActivitiesOptions(Key.Workflow, null, Activity, options, new FieldMask { Paths = { paths } });
    }
}
