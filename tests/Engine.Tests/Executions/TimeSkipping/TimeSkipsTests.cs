using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.TimeSkipping;

/// <summary>A run whose configuration lets it skip time.</summary>
public sealed class TimeSkipsTests
{
    [Fact]
    public void Run_WhenItWaitsForATimerAlone_JumpsToIt() =>
        Given(Started(Enabled()), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(Timer("t", 30.Days())), at: 1.Seconds())
            .Then(
                WorkflowTaskCompleted(),
                TimerStarted(),
                Skipped(a =>
                {
                    a.TargetTime = (Start + 1.Seconds() + 30.Days()).ToTimestamp();
                    a.WallClockTime = (Start + 1.Seconds()).ToTimestamp();
                }))
            .AndState(state =>
            {
                Assert.Equal(30.Days(), state.Ahead);
                Assert.Equal(Start + 1.Seconds(), state.WakesAt);
                Assert.Equal(1, state.Time!.Skips);
            })
            .When(new FireDeadlines(Key), at: 1.Seconds())
            .Then(TimerFired(), WorkflowTaskScheduled())
            .AndState(state => Assert.Equal(Start + 1.Seconds() + 30.Days(), state.Task!.ScheduledAt));

    [Fact]
    public void Run_WhenAnActivityIsUnderWay_WaitsForIt() =>
        Given(Started(Enabled()), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(Timer("t", 1.Hours()), Schedule("a")))
            .Then(WorkflowTaskCompleted(), TimerStarted(), ActivityTaskScheduled());

    [Fact]
    public void Run_WhenItsActivityBacksOff_JumpsToItsRetry() =>
        Given(Started(Enabled()), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .And(Step.From(Complete(Schedule("a", set: a => a.RetryPolicy = new RetryPolicy
            {
                InitialInterval = 1.Hours().ToProto(),
            }))))
            .And(Step.From(Take("a")))
            .When(FailWith(Error("boom"), activityId: "a"), at: 1.Seconds())
            .Then(Skipped(a => a.TargetTime = (Start + 1.Seconds() + 1.Hours()).ToTimestamp()));

    [Fact]
    public void Run_WhenItIsPaused_DoesNotJump() =>
        Given(Started(Enabled()), WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowExecutionPaused())
            .When(Complete(Timer("t", 1.Hours())))
            .AndState(state => Assert.Equal(TimeSpan.Zero, state.Ahead));

    [Fact]
    public void Run_BeforeItsFirstTask_JumpsToItsStartDelayAndNotToItsTimeout() =>
        Given()
            .When(new StartExecution(Key.Workflow, new StartWorkflowExecutionRequest
            {
                WorkflowId = Key.WorkflowId,
                WorkflowType = new WorkflowType { Name = "Workflow" },
                TaskQueue = new() { Name = "queue" },
                WorkflowStartDelay = 2.Days().ToProto(),
                WorkflowRunTimeout = 1.Hours().ToProto(),
                TimeSkippingConfig = Enabled(),
            }))
            .AndState(state =>
            {
                Assert.Equal(2.Days(), state.Ahead);
                Assert.Equal(Start, state.WakesAt);
                Assert.Equal(200, state.Time!.Config!.MaxSessionSkipCount);
            });

    [Fact]
    public void Run_WhenOnlyItsTimeoutIsLeft_JumpsToThat() =>
        Given(
                WorkflowStarted(a =>
                {
                    a.TimeSkippingConfig = Enabled();
                    a.WorkflowRunTimeout = 1.Days().ToProto();
                }),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .When(Complete())
            .Then(WorkflowTaskCompleted(), Skipped(a => a.TargetTime = (Start + 1.Days()).ToTimestamp()));

    [Fact]
    public void FastForward_WhenItEndsBeforeTheTimer_StopsThereAndSkipsNoMore() =>
        Given(Started(FastForward(1.Hours())), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(Timer("t", 2.Hours())))
            .Then(
                WorkflowTaskCompleted(),
                TimerStarted(),
                Skipped(a =>
                {
                    a.TargetTime = (Start + 1.Hours()).ToTimestamp();
                    a.DisabledAfterFastForward = true;
                }))
            .AndState(state =>
            {
                Assert.True(state.Time!.IsFastForwardOver);
                Assert.False(state.Time.IsEnabled);
                Assert.Equal(Start + 1.Hours(), state.WakesAt);
            });

    [Fact]
    public void FastForward_WhenTheRunHasWorkAllAlong_EndsInRealTime() =>
        Given(Started(FastForward(1.Hours())), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .And(Step.From(Complete(Schedule("a"))))
            .When(new FireDeadlines(Key), at: 1.Hours())
            .Then(Skipped(a => a.DisabledAfterFastForward = true))
            .AndState(state => Assert.Equal((TimeSpan.Zero, false), (state.Ahead, state.Time!.IsEnabled)));

    [Fact]
    public void Session_WhenItsSkipsAreUsedUp_IsOver() =>
        Given(Started(Enabled(skips: 1)), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(Timer("a", 1.Hours()), Timer("b", 2.Hours())))
            .AndState(state => Assert.False(state.Time!.IsEnabled))
            .And(Step.From(_ => new FireDeadlines(Key)), Step.From(Poll()))
            .When(Complete())
            .Then(WorkflowTaskCompleted())
            .AndState(state => Assert.Equal(1.Hours(), state.Ahead));

    [Fact]
    public void Options_WhenTheySetAFastForwardAgain_BeginIt() =>
        Given(Started(Enabled()), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .And(Step.From(Complete(Timer("t", 5.Hours()), Schedule("a"))))
            .When(Update(FastForward(1.Hours())), at: 1.Minutes())
            .Then(OptionsUpdated(a => a.TimeSkippingConfigUpdated = true))
            .AndState(state => Assert.Equal(Start + 1.Minutes() + 1.Hours(), state.Time!.FastForwardTo))
            .When(Update(FastForward(1.Hours())), at: 2.Minutes())
            .Then(OptionsUpdated(a => a.TimeSkippingConfigUpdated = true))
            .AndState(state => Assert.Equal(Start + 2.Minutes() + 1.Hours(), state.Time!.FastForwardTo));

    [Fact]
    public void Options_WhenTimeSkippingBegins_JumpAtOnce() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .And(Step.From(Complete(Timer("t", 5.Hours()))))
            .When(Update(Enabled()), at: 1.Hours())
            .Then(
                OptionsUpdated(a => a.TimeSkippingConfigUpdated = true),
                Skipped(a => a.TargetTime = (Start + 5.Hours()).ToTimestamp()))
            .AndState(state => Assert.Equal(4.Hours(), state.Ahead));

    [Fact]
    public void NextRun_OfAChain_GoesOnInTheSameTime() =>
        Given(Started(FastForward(3.Days())), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .And(Step.From(Complete(Timer("t", 1.Days()))), Step.From(_ => new FireDeadlines(Key)), Step.From(Poll()))
            .When(Complete(Chains.Closings.ContinueAsNew()))
            .InNewRun()
            .AndState(next =>
            {
                Assert.Equal(1.Days(), next.Ahead);
                Assert.Equal(Start + 1.Days(), next.StartedAt);
                Assert.Equal(Start + 3.Days(), next.Time!.FastForwardTo);
                Assert.Equal(1, next.Time.Skips);
            });

    [Fact]
    public void Description_ShowsTheRunsTime() =>
        Given(Started(FastForward(1.Hours())), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(Timer("t", 2.Hours())))
            .AndState(state =>
            {
                var info = TimeSkippingDescription.Of(state, Start + 1.Minutes())!;
                Assert.Equal((Start + 1.Minutes() + 1.Hours()).ToTimestamp(), info.CurrentTime);
                Assert.False(info.EffectiveConfig.Enabled);
                Assert.True(info.FastForwardInfo.HasCompleted);
                Assert.Equal("forward", info.FastForwardInfo.FastForwardId);
                Assert.Equal((Start + 1.Hours()).ToTimestamp(), info.FastForwardInfo.TargetTime);
            });

    [Theory]
    [InlineData("", 60, true, "Time skipping config invalid: fast_forward_id must be set")]
    [InlineData("id", 0, true, "Time skipping config invalid: fast_forward duration must be positive")]
    [InlineData("id", 60, false, "time_skipping_config: cannot set fast_forward when enabled is false")]
    public void Rules_WhenAFastForwardIsWrong_SayWhy(string id, int seconds, bool enabled, string expected)
    {
        var config = new TimeSkippingConfig
        {
            Enabled = enabled,
            FastForwardConfig = new FastForwardConfig { Id = id, Duration = seconds.Seconds().ToProto() },
        };

        Assert.Equal(expected, TimeSkippingRules.Check(config, EngineLimits.Default)!.Message);
    }

    [Fact]
    public void Rules_WhenTheFeatureIsOff_RefuseAnyConfiguration()
    {
        var off = EngineLimits.Default with { Features = new EngineFeatures { WorkflowTimeSkipping = false } };

        Assert.Equal(TimeSkippingRules.NotEnabled, TimeSkippingRules.Check(new TimeSkippingConfig(), off));
        Assert.Null(TimeSkippingRules.Check(null, off));
    }

    private static TimeSkippingConfig Enabled(int skips = 0) => new() { Enabled = true, MaxSessionSkipCount = skips };

    private static TimeSkippingConfig FastForward(TimeSpan duration) => new()
    {
        Enabled = true,
        FastForwardConfig = new FastForwardConfig { Id = "forward", Duration = duration.ToProto() },
    };

    private static HistoryEvent Started(TimeSkippingConfig config) => WorkflowStarted(a => a.TimeSkippingConfig = config);

    private static HistoryEvent Skipped(Action<WorkflowExecutionTimeSkippingTransitionedEventAttributes> set)
    {
        var attributes = new WorkflowExecutionTimeSkippingTransitionedEventAttributes();
        set(attributes);
        return new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionTimeSkippingTransitioned,
            WorkerMayIgnore = true,
            WorkflowExecutionTimeSkippingTransitionedEventAttributes = attributes,
        };
    }

    private static HistoryEvent OptionsUpdated(Action<WorkflowExecutionOptionsUpdatedEventAttributes> set)
    {
        var attributes = new WorkflowExecutionOptionsUpdatedEventAttributes();
        set(attributes);
        return new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionOptionsUpdated,
            WorkflowExecutionOptionsUpdatedEventAttributes = attributes,
        };
    }

    private static UpdateExecutionOptions Update(TimeSkippingConfig config) => new(
        Key.Workflow,
        null,
        new UpdateWorkflowExecutionOptionsRequest
        {
            WorkflowExecutionOptions = new WorkflowExecutionOptions { TimeSkippingConfig = config },
            UpdateMask = FieldMask.FromString("time_skipping_config"),
        });
}
