using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Versioning;

/// <summary>A run and its worker version: moves, pins, overrides, and what follows.</summary>
public sealed class VersionedRunTests
{
    private static readonly DeploymentVersion One = new("d", "1");
    private static readonly DeploymentVersion Two = new("d", "2");
    private readonly FixedVersions _versions = new() { Target = One };

    [Fact]
    public void AFirstTask_TakenByAVersion_MovesTheRunThere() => New(WorkflowStarted(), WorkflowTaskScheduled())
        .When(Take(One))
        .ThenFact<VersionTransitionBegun>(begun => begun == new VersionTransitionBegun(One, 1))
        .AndState(state =>
        {
            Assert.Equal(new VersionTransition(One), state.Versioning!.Transition);
            Assert.Equal(One, DeploymentVersion.From(
                ExecutionDescription.Of(state).WorkflowExecutionInfo.VersioningInfo.VersionTransition.DeploymentVersion));
        })
        .When(Answer(One, VersioningBehavior.Pinned))
        .Then(WorkflowTaskCompleted(a =>
        {
            a.VersioningBehavior = VersioningBehavior.Pinned;
            a.DeploymentVersion = One.ToProto();
            a.WorkerDeploymentName = "d";
        }))
        .AndState(state =>
        {
            Assert.Null(state.Versioning!.Transition);
            Assert.Equal(TaskRoute.PinnedTo(One), RunRoutes.Of(state));
            Assert.Equal("\"d:1\"", Attribute(state, "TemporalWorkerDeploymentVersion"));
            Assert.Equal("\"d\"", Attribute(state, "TemporalWorkerDeployment"));
            Assert.Equal("\"Pinned\"", Attribute(state, "TemporalWorkflowVersioningBehavior"));
            Assert.Equal("[\"pinned:d:1\"]", Attribute(state, "BuildIds"));
            Assert.Equal("[\"d:1\"]", Attribute(state, "TemporalUsedWorkerDeploymentVersions"));
            var info = ExecutionDescription.Of(state).WorkflowExecutionInfo;
            Assert.Equal(("d.1", "d"), (info.VersioningInfo.Version, info.WorkerDeploymentName));
            Assert.Equal(1, info.VersioningInfo.RevisionNumber);
        });

    [Fact]
    public void AnUnversionedRun_NeverHearsOfVersions() => New(WorkflowStarted(), WorkflowTaskScheduled())
        .When(Take(null))
        .AndState(state => Assert.Null(state.Versioning))
        .When(Answer(null, VersioningBehavior.Unspecified))
        .AndState(state =>
        {
            Assert.Null(state.Versioning);
            Assert.Empty(state.SearchAttributes);
        });

    [Fact]
    public void AnAutoUpgradeRun_TakenByAnotherVersion_MovesAndForgetsItsSticky()
    {
        var run = On(One, VersioningBehavior.AutoUpgrade, sticky: true);
        _versions.Target = Two;
        _versions.Revision = 2;

        run.When(Signal())
            .When(Take(Two))
            .AndState(state =>
            {
                Assert.Null(state.Sticky);
                Assert.Equal(new VersionTransition(Two), state.Versioning!.Transition);
                Assert.Equal(2, state.Versioning.Revision);
            })
            .When(Answer(Two, VersioningBehavior.AutoUpgrade))
            .AndState(state =>
            {
                Assert.Equal(new TaskRoute(false, Two), RunRoutes.Of(state));
                Assert.Equal("[\"d:1\",\"d:2\"]", Attribute(state, "TemporalUsedWorkerDeploymentVersions"));
            });
    }

    [Fact]
    public void AMovingRun_HoldsItsActivitiesUntilItHasMoved()
    {
        var run = On(One, VersioningBehavior.AutoUpgrade, commands: Activities.Workers.Schedule());
        Assert.Single(PendingTasks.All(run.State));

        run.When(Signal()).When(Take(Two));
        Assert.DoesNotContain(PendingTasks.All(run.State), task => task.IsActivity);
        run.When(TakeActivity(One, new TaskRoute(false, One))).AndReply<StaleTask>().ThenNothing();
        run.When(Answer(Two, VersioningBehavior.AutoUpgrade));

        var tasks = PendingTasks.After(run.Decision.Change!);
        Assert.Equal(new TaskRoute(false, Two), Assert.Single(tasks).Route);
    }

    [Fact]
    public void AnActivity_TakenByTheVersionThatTheWorkflowWouldGoTo_MovesTheWorkflowFirst()
    {
        var run = On(One, VersioningBehavior.AutoUpgrade, commands: Activities.Workers.Schedule());
        _versions.Target = Two;

        run.When(TakeActivity(Two, new TaskRoute(false, One)))
            .AndReply<StaleTask>()
            .Then(WorkflowTaskScheduled())
            .AndState(state => Assert.Equal(new VersionTransition(Two), state.Versioning!.Transition));
    }

    [Fact]
    public void AnActivity_TakenByAVersionOfAnotherDeployment_JustStarts()
    {
        var other = new DeploymentVersion("activities", "7");

        On(One, VersioningBehavior.AutoUpgrade, commands: Activities.Workers.Schedule())
            .When(TakeActivity(other, new TaskRoute(false, One)))
            .AndReply<StartedActivity>()
            .AndState(state => Assert.Null(state.Versioning!.Transition));
    }

    [Fact]
    public void ATask_WhenTheRunBelongsElsewhereByNow_IsStale()
    {
        var run = On(One, VersioningBehavior.Pinned).When(Signal());

        run.When(state => Start(state, One, new TaskRoute(false, One))).AndReply<StaleTask>().ThenNothing();
        run.When(state => Start(state, One, TaskRoute.PinnedTo(One))).AndReply<StartedWorkflowTask>();
    }

    [Theory]
    [InlineData(VersioningBehavior.AutoUpgrade)]
    [InlineData(VersioningBehavior.Pinned)]
    public void AMoveThatBeganDuringATask_GetsATaskOfItsOwnWhenThatEnds(VersioningBehavior declared)
    {
        var run = On(One, VersioningBehavior.AutoUpgrade, commands: Activities.Workers.Schedule())
            .When(Signal()).When(Take(One));
        _versions.Target = Two;

        run.When(TakeActivity(Two, new TaskRoute(false, One)))
            .When(Answer(One, declared, set: request =>
            {
                request.ReturnNewWorkflowTask = true;
                request.StickyAttributes = Tasks.Answers.Sticky();
            }))
            .AndReply<CompletedWorkflowTask>(reply => Assert.Null(reply.Next))
            .AndState(state =>
            {
                Assert.NotNull(state.Task);
                Assert.Null(state.Sticky);
                Assert.Equal(new TaskRoute(false, Two), RunRoutes.Of(state));
            });
    }

    [Fact]
    public void AnOverride_MovesWhatWaitsAndEndsWithItsRemoval()
    {
        var run = On(One, VersioningBehavior.AutoUpgrade, sticky: true).When(Signal());
        Assert.True(PendingTasks.All(run.State).Single().Queue.IsSticky);

        run.When(Override(new VersioningOverride
        {
            Pinned = new VersioningOverride.Types.PinnedOverride
            {
                Version = Two.ToProto(),
                Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
            },
        }));

        var moved = Assert.Single(PendingTasks.After(run.Decision.Change!));
        Assert.Equal((false, TaskRoute.PinnedTo(Two)), (moved.Queue.IsSticky, moved.Route));
        Assert.Equal("\"d:2\"", Attribute(run.State, "TemporalWorkerDeploymentVersion"));
        var shown = ExecutionDescription.Of(run.State).WorkflowExecutionInfo.VersioningInfo.VersioningOverride;
        Assert.Equal(("d.2", VersioningBehavior.Pinned), (shown.PinnedVersion, shown.Behavior));
        run.When(Take(Two)).When(Answer(Two, VersioningBehavior.AutoUpgrade))
            .AndState(state => Assert.Equal(TaskRoute.PinnedTo(Two), RunRoutes.Of(state)));
        run.When(Override(null))
            .AndState(state => Assert.Equal(new TaskRoute(false, Two), RunRoutes.Of(state)));
    }

    [Fact]
    public void AnOverride_ToAVersionThatDoesNotServeTheQueue_IsRefused()
    {
        _versions.Queues.Clear();

        On(One, VersioningBehavior.AutoUpgrade)
            .When(Override(new VersioningOverride
            {
                Pinned = new VersioningOverride.Types.PinnedOverride
                {
                    Version = Two.ToProto(),
                    Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
                },
            }))
            .AndRejected(
                Grpc.Core.StatusCode.FailedPrecondition,
                "Pinned version 'd:2' is not present in task queue 'queue' of type 'Workflow'");
    }

    [Fact]
    public void AnOverride_ThatPinsAPinnedRunAndNamesNoVersion_MeansTheOneThatItIsOn() =>
        On(One, VersioningBehavior.Pinned).When(Override(PinnedToNothing()))
            .AndNotRejected()
            .AndState(state => Assert.Equal(
                One, VersioningOverrides.TargetOf(state.Options.VersioningOverride)));

    [Fact]
    public void AnOverride_ThatPinsAnotherRunAndNamesNoVersion_IsRefused()
    {
        var run = On(One, VersioningBehavior.AutoUpgrade);

        run.When(Override(PinnedToNothing())).AndRejected(
            Grpc.Core.StatusCode.FailedPrecondition,
            $"must specify a specific pinned override version because workflow with id {run.State.Key.WorkflowId} has "
            + "behavior AutoUpgrade and is not yet pinned to any version");
    }

    [Fact]
    public void AMoveOnce_HoldsUntilATaskHasCompletedThere() =>
        On(One, VersioningBehavior.Pinned)
            .When(Override(new VersioningOverride
            {
                OneTime = new VersioningOverride.Types.OneTimeOverride { TargetDeploymentVersion = Two.ToProto() },
            }))
            .AndState(state => Assert.Equal(TaskRoute.PinnedTo(Two), RunRoutes.Of(state)))
            .When(Signal()).When(Take(Two)).When(Answer(Two, VersioningBehavior.AutoUpgrade))
            .AndState(state =>
            {
                Assert.Null(state.Versioning!.Override);
                Assert.Equal(new TaskRoute(false, Two), RunRoutes.Of(state));
            });

    [Fact]
    public void APinnedRun_WhenWorkflowsGoElsewhereByNow_IsTold()
    {
        var run = On(One, VersioningBehavior.Pinned).When(Signal()).When(Take(One))
            .AndEvents(events => Assert.False(
                Assert.Single(events).WorkflowTaskStartedEventAttributes.TargetWorkerDeploymentVersionChanged))
            .When(Answer(One, VersioningBehavior.Pinned));
        _versions.Target = Two;
        _versions.Revision = 2;

        run.When(Signal()).When(Take(One))
            .Then(WorkflowTaskStarted(a => a.TargetWorkerDeploymentVersionChanged = true))
            .When(Answer(One, VersioningBehavior.Pinned));
        _versions.Target = One;
        _versions.Revision = 3;
        run.When(Signal()).When(Take(One))
            .AndEvents(events => Assert.False(
                Assert.Single(events).WorkflowTaskStartedEventAttributes.TargetWorkerDeploymentVersionChanged));
    }

    [Theory]
    [InlineData(VersioningBehavior.Pinned, ContinueAsNewVersioningBehavior.Unspecified, "pinned:d:1")]
    [InlineData(VersioningBehavior.Pinned, ContinueAsNewVersioningBehavior.AutoUpgrade, "open:d:1")]
    [InlineData(VersioningBehavior.Pinned, ContinueAsNewVersioningBehavior.UseRampingVersion, "ramping:d:1")]
    [InlineData(VersioningBehavior.AutoUpgrade, ContinueAsNewVersioningBehavior.Unspecified, "open:d:1")]
    [InlineData(VersioningBehavior.Unspecified, ContinueAsNewVersioningBehavior.Unspecified, "open:")]
    public void ContinueAsNew_TakesTheVersionAlong(
        VersioningBehavior behavior, ContinueAsNewVersioningBehavior initial, string expected) =>
        On(One, behavior)
            .When(Signal()).When(Take(One))
            .When(Answer(One, behavior, commands: ContinueAsNew(initial)))
            .InNewRun()
            .AndState(state => Assert.Equal(expected, Show(RunRoutes.Of(state))));

    [Fact]
    public void ContinueAsNew_OnAQueueOfOthers_TakesNothingAlong() =>
        On(One, VersioningBehavior.Pinned)
            .When(Signal()).When(Take(One))
            .When(Answer(One, VersioningBehavior.Pinned, commands: ContinueAsNew(default, queue: "elsewhere")))
            .InNewRun()
            .AndState(state => Assert.Null(state.Versioning));

    [Fact]
    public void ContinueAsNew_OfARunThatWasToldOfANewTarget_DeclinesIt()
    {
        var run = On(One, VersioningBehavior.Pinned);
        _versions.Target = Two;
        _versions.Revision = 2;

        run.Wait(5.Seconds()).When(Signal()).When(Take(One))
            .When(Answer(One, VersioningBehavior.Pinned, commands: ContinueAsNew(default)))
            .InNewRun()
            .AndState(state => Assert.Equal(new KnownTarget(Two, 2), state.Versioning!.Declined))
            .When(Take(One, TaskRoute.PinnedTo(One)))
            .AndEvents(events => Assert.False(
                Assert.Single(events).WorkflowTaskStartedEventAttributes.TargetWorkerDeploymentVersionChanged));
    }

    private static string Show(TaskRoute route) =>
        (route.IsPinned ? "pinned:" : route.UsesRamping ? "ramping:" : "open:") + route.Version;

    private static string? Attribute(RunState state, string name) =>
        state.SearchAttributes.TryGetValue(name, out var payload) ? payload.Data.ToStringUtf8() : null;

    private Scenario New(params Step[] past)
    {
        var scenario = Given(past);
        scenario.Versions = _versions;
        return scenario;
    }

    /// <summary>A run whose last workflow task that version completed.</summary>
    private Scenario On(
        DeploymentVersion version, VersioningBehavior behavior, bool sticky = false, params Command[] commands) =>
        New(WorkflowStarted(), WorkflowTaskScheduled())
            .When(Take(version))
            .When(Answer(
                version, behavior, request => request.StickyAttributes = sticky ? Tasks.Answers.Sticky() : null, commands));

    private static SignalExecution Signal() => Lifecycle.Requests.Signal();

    private static Func<RunState, Input> Take(DeploymentVersion? version, TaskRoute? route = null) =>
        state => Start(state, version, route ?? RunRoutes.Of(state));

    private static StartWorkflowTask Start(RunState state, DeploymentVersion? version, TaskRoute route) => new(
        state.Key, state.Task!.ScheduledEventId, state.Task.Attempt, state.Task.StickyQueue ?? "queue", "worker", "poll")
    {
        Runs = version,
        Route = route,
    };

    private static Func<RunState, Input> TakeActivity(DeploymentVersion? version, TaskRoute route) => state =>
    {
        var activity = state.Activities.Values.Single();
        return new StartActivity(state.Key, activity.ScheduledEventId, activity.Attempt, "worker", "poll")
        {
            Runs = version,
            Route = route,
        };
    };

    private static Func<RunState, Input> Answer(
        DeploymentVersion? version,
        VersioningBehavior behavior,
        Action<RespondWorkflowTaskCompletedRequest>? set = null,
        params Command[] commands) => Tasks.Answers.Complete(
        request =>
        {
            request.VersioningBehavior = behavior;
            request.DeploymentOptions = version is not { } runs ? null : new WorkerDeploymentOptions
            {
                DeploymentName = runs.Deployment,
                BuildId = runs.BuildId,
                WorkerVersioningMode = WorkerVersioningMode.Versioned,
            };
            set?.Invoke(request);
        },
        commands);

    private static VersioningOverride PinnedToNothing() => new()
    {
        Pinned = new VersioningOverride.Types.PinnedOverride
        {
            Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
        },
    };

    private static Func<RunState, Input> Override(VersioningOverride? decreed) => state => new UpdateExecutionOptions(
        state.Key.Workflow,
        state.Key.Run,
        new UpdateWorkflowExecutionOptionsRequest
        {
            WorkflowExecutionOptions = new WorkflowExecutionOptions { VersioningOverride = decreed },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "versioning_override" } },
        });

    private static Command ContinueAsNew(ContinueAsNewVersioningBehavior initial, string queue = "") => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            InitialVersioningBehavior = initial,
            TaskQueue = new TaskQueue { Name = queue },
        },
    };
}
