using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Pausing.Pauses;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Resetting;

public sealed class ResetExecutionTests
{
    private static readonly EventType[] FreshStart =
    [
        EventType.WorkflowExecutionStarted,
        EventType.WorkflowTaskScheduled,
        EventType.WorkflowTaskStarted,
        EventType.WorkflowTaskFailed,
        EventType.WorkflowTaskScheduled,
    ];

    [Fact]
    public void Reset_OfAnOpenRun_EndsItAndBeginsAnother() =>
        Given(WorkflowIsIdle())
            .WhenReset(4, at: 1.Minutes())
            .Then(WorkflowExecutionTerminated(a =>
            {
                a.Reason = Resets.Reason;
                a.Identity = "history-resetter";
            }))
            .AndReply<ResetToRun>(reply => Assert.Equal(Resets.NewRun, reply.Run))
            .AndState(state => Assert.Equal(
                Resets.NewRun.ToString(), ExecutionDescription.Of(state).WorkflowExtendedInfo.ResetRunId))
            .InNewRun()
            .AndHistory(history => Assert.Equal(FreshStart, history.Select(e => e.EventType)))
            .AndState(state =>
            {
                Assert.Equal(Resets.NewRun, state.Key.Run);
                Assert.Equal("start-request", state.StartRequestId);
                Assert.Equal(1, state.Task!.Attempt);
                var description = ExecutionDescription.Of(state);
                Assert.Equal(Key.Run.ToString(), description.WorkflowExecutionInfo.FirstRunId);
                Assert.Equal((Start + 1.Minutes()).ToTimestamp(), description.WorkflowExecutionInfo.StartTime);
                Assert.Equal((Start + 1.Minutes()).ToTimestamp(), description.WorkflowExtendedInfo.LastResetTime);
                Assert.Equal(Start.ToTimestamp(), description.WorkflowExtendedInfo.OriginalStartTime);
            });

    [Fact]
    public void Reset_WritesWhyTheCopiedTaskFailed() =>
        Given(WorkflowIsIdle()).WhenReset(4).InNewRun().AndHistory(history =>
        {
            var failed = history[3].WorkflowTaskFailedEventAttributes;
            Assert.Equal(WorkflowTaskFailedCause.ResetWorkflow, failed.Cause);
            Assert.Equal((2, 3), (failed.ScheduledEventId, failed.StartedEventId));
            Assert.Equal(Key.Run.ToString(), failed.BaseRunId);
            Assert.Equal(Resets.NewRun.ToString(), failed.NewRunId);
            Assert.Equal(Resets.Reason, failed.Failure.Message);
            Assert.NotNull(failed.Failure.ResetWorkflowFailureInfo);
            Assert.Equal("history-service", failed.Identity);
        });

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Reset_ToWhereATaskIsPending_MakesTheSameHistory(long eventId) =>
        Given(WorkflowIsIdle()).WhenReset(eventId).InNewRun()
            .AndHistory(history => Assert.Equal(FreshStart, history.Select(e => e.EventType)));

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void Reset_ToWhereNoTaskIsPending_IsRefused(long eventId) =>
        Given(WorkflowIsIdle(), WorkflowExecutionSignaled(), TimerStarted(a => a.TimerId = "t"))
            .WhenReset(eventId)
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: "
                    + $"{eventId}");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Reset_ToNoEvent_IsRefused(long eventId) =>
        Given(WorkflowIsIdle())
            .WhenReset(eventId)
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument, "Workflow task finish ID must be > 1 && <= workflow last event ID.");

    [Fact]
    public void Reset_OfAClosedRun_BeginsAnotherBesideIt() =>
        Given(WorkflowIsIdle(), Terminate())
            .WhenReset(4)
            .Then()
            .ThenFact<RunReset>()
            .InNewRun()
            .AndState(state => Assert.True(state.IsRunning));

    [Fact]
    public void Reset_WhenRepeated_AnswersTheFirstOnesRun()
    {
        var scenario = Given(WorkflowIsIdle()).WhenReset(4);
        var again = Resets.Of(scenario, 4) with { NewRun = scenario.State.Key with { Run = new RunId(Guid.NewGuid()) } };

        var decision = again.Decide(scenario.State, scenario.InNewRun().State, [], scenario.Context);

        Assert.Equal(new ResetToRun(Resets.NewRun), decision.Reply);
        Assert.Null(decision.NewRun);
    }

    [Fact]
    public void Reset_WhenRepeatedAfterAnotherReset_AnswersTheFirstOnesRun()
    {
        var scenario = Given(WorkflowIsIdle()).WhenReset(4);
        var another = new RunId(Guid.NewGuid());
        var state = FoldResets.Reset(scenario.State, new RunReset(another, "another", 4));
        var again = Resets.Of(scenario, 4) with { NewRun = scenario.State.Key with { Run = new RunId(Guid.NewGuid()) } };

        Assert.Equal(another, state.Successor!.Run);
        Assert.Equal(
            new ResetToRun(Resets.NewRun), again.Decide(state, state with { Birth = state.Birth with { Key = Key with { Run = another } } }, [], scenario.Context).Reply);
        Assert.Equal(state.Successor.Earlier, RunStateCodec.Decode(Key, RunStateCodec.Encode(state)).Successor!.Earlier);
    }

    [Fact]
    public void Reset_WhenThereWereManyOthersSince_IsForgotten()
    {
        var successor = new ResetSuccessor(Resets.NewRun, "first", 4);
        for (var count = 0; count < 20; count++)
        {
            successor = successor.Then(new RunId(Guid.NewGuid()), $"reset-{count}", 4);
        }

        Assert.Equal(Resets.NewRun, successor.MadeBy("first"));
        Assert.Null(successor.Then(Resets.NewRun, "one too many", 4).MadeBy("first"));
    }

    [Fact]
    public void Reset_WhenItsRequestIsTheCurrentRunsStart_AnswersTheCurrentRun() =>
        Given(WorkflowIsIdle())
            .WhenReset(4, r => r.RequestId = "start-request")
            .ThenNothing()
            .AndReply<ResetToRun>(reply => Assert.Equal(Key.Run, reply.Run));

    [Fact]
    public void Reset_AppliesSignalsAgain_AlsoThoseThatWaited() =>
        Given(WorkflowIsIdle(), Signal("first", "r1"), WorkflowTaskStarted(), Signal("second"))
            .WhenReset(4)
            .InNewRun()
            .AndHistory(history => Assert.Equal(
                [("first", "r1"), ("second", "")],
                history.Select(e => e.WorkflowExecutionSignaledEventAttributes).OfType<
                    Temporalio.Api.History.V1.WorkflowExecutionSignaledEventAttributes>()
                    .Select(a => (a.SignalName, a.RequestId))))
            .AndState(state => Assert.Contains("r1", state.SignalRequestIds));

    [Theory]
    [InlineData(ResetReapplyType.Unspecified, new ResetReapplyExcludeType[0], true)]
    [InlineData(ResetReapplyType.AllEligible, new ResetReapplyExcludeType[0], true)]
    [InlineData(ResetReapplyType.Signal, new ResetReapplyExcludeType[0], true)]
    [InlineData(ResetReapplyType.None, new ResetReapplyExcludeType[0], false)]
    [InlineData(ResetReapplyType.AllEligible, new[] { ResetReapplyExcludeType.Signal }, false)]
    [InlineData(ResetReapplyType.Signal, new[] { ResetReapplyExcludeType.Signal }, false)]
    [InlineData(ResetReapplyType.AllEligible, new[] { ResetReapplyExcludeType.Update }, true)]
    public void Reset_AppliesSignalsAgainUnlessExcluded(
        ResetReapplyType type, ResetReapplyExcludeType[] excluded, bool isApplied) =>
        Given(WorkflowIsIdle(), Signal())
            .WhenReset(4, r =>
            {
#pragma warning disable CS0612
                r.ResetReapplyType = type;
#pragma warning restore CS0612
                r.ResetReapplyExcludeTypes.Add(excluded);
            })
            .InNewRun()
            .AndState(state => Assert.Equal(isApplied ? 1 : 0, state.SignalCount));

    [Fact]
    public void Reset_DoesNotApplyACancelRequestAgain() =>
        Given(WorkflowIsIdle(), RequestCancel())
            .WhenReset(4)
            .InNewRun()
            .AndState(state => Assert.False(state.CancelRequested));

    [Fact]
    public void Reset_AppliesOptionsAgainInTheirOrder_AndThenItsOwnOperations() =>
        Given(
            WorkflowIsIdle(),
            WorkflowExecutionOptionsUpdated(a => a.AttachedRequestId = "attached"),
            Signal(),
            WorkflowTaskStarted())
            .WhenReset(4, r => r.PostResetOperations.Add(new PostResetOperation
            {
                UpdateWorkflowOptions = new()
                {
                    WorkflowExecutionOptions = new() { Priority = new Priority { PriorityKey = 2 } },
                    UpdateMask = new FieldMask { Paths = { "priority" } },
                },
            }))
            .InNewRun()
            .AndHistory(history => Assert.Equal(
                [
                    EventType.WorkflowTaskFailed,
                    EventType.WorkflowExecutionOptionsUpdated,
                    EventType.WorkflowExecutionSignaled,
                    EventType.WorkflowExecutionOptionsUpdated,
                    EventType.WorkflowTaskScheduled,
                ],
                history.Skip(3).Select(e => e.EventType)))
            .AndState(state =>
            {
                Assert.Equal(5, state.AttachedRequestIds["attached"]);
                Assert.Equal(2, state.Options.Priority!.PriorityKey);
            });

    [Fact]
    public void Reset_WithAnOperationThatIsNotSupported_IsRefused() =>
        Given(WorkflowIsIdle())
            .WhenReset(4, r => r.PostResetOperations.Add(new PostResetOperation { SignalWorkflow = new() }))
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "unsupported post reset operation: *workflow.PostResetOperation_SignalWorkflow_");

    [Fact]
    public void Reset_KeepsTimersAtTheirTime() =>
        Given(WorkflowIsIdle(), TimerStarted(a =>
            {
                a.TimerId = "t";
                a.StartToFireTimeout = 5.Minutes().ToProto();
            }), Signal(), WorkflowTaskStarted(), WorkflowTaskCompleted())
            .WhenReset(9, at: 1.Minutes())
            .InNewRun()
            .AndState(state => Assert.Equal(Start + 5.Minutes(), state.Timers["t"].FiresAt));

    [Fact]
    public void Reset_LetsTimeoutsCountAgain() =>
        Given(
            WorkflowStarted(a =>
            {
                a.WorkflowRunTimeout = 10.Minutes().ToProto();
                a.WorkflowExecutionTimeout = 30.Minutes().ToProto();
                a.WorkflowExecutionExpirationTime = (Start + 30.Minutes()).ToTimestamp();
            }),
            WorkflowTaskScheduled(),
            WorkflowTaskStarted())
            .WhenElapsed(10.Minutes())
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.TimedOut, state.Status))
            .WhenReset(4, at: 40.Minutes())
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(Start + 50.Minutes(), state.RunExpiresAt);
                Assert.Equal(Start + 70.Minutes(), RunExpiry.ExecutionExpiry(state));
            });

    [Fact]
    public void Reset_DispatchesActivitiesThatWait_AsIfJustScheduled() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule()))
            .When(Take())
            .When(FailWith(Error("boom")))
            .And(Signal(), WorkflowTaskStarted(), WorkflowTaskCompleted())
            .WhenReset(9, at: 1.Minutes())
            .InNewRun()
            .AndState(state =>
            {
                var activity = Pending(state);
                Assert.Equal(1, activity.Attempt);
                Assert.Equal(Start + 1.Minutes(), activity.FirstScheduledAt);
                Assert.Contains(PendingTasks.All(state), task => task.IsActivity);
            });

    [Fact]
    public void Reset_FailsActivitiesThatHistoryShowsRunning() =>
        Given(
            WorkflowTaskIsStarted(),
            WorkflowTaskCompleted(),
            ActivityTaskScheduled(a => a.ActivityId = "a"),
            WorkflowTaskScheduled(),
            ActivityTaskStarted(a =>
            {
                a.ScheduledEventId = 5;
                a.Identity = "worker";
            }),
            ActivityTaskCompleted(a =>
            {
                a.ScheduledEventId = 5;
                a.StartedEventId = 7;
            }),
            WorkflowTaskStarted())
            .WhenReset(8)
            .InNewRun()
            .AndHistory(history => Assert.Equal(
                [
                    EventType.WorkflowTaskStarted,
                    EventType.WorkflowTaskFailed,
                    EventType.ActivityTaskFailed,
                    EventType.WorkflowTaskScheduled,
                ],
                history.Skip(7).Select(e => e.EventType)))
            .AndHistory(history =>
            {
                var failed = history[9].ActivityTaskFailedEventAttributes;
                Assert.Equal((5, 7), (failed.ScheduledEventId, failed.StartedEventId));
                Assert.Equal(RetryState.NonRetryableFailure, failed.RetryState);
                Assert.NotNull(failed.Failure.ResetWorkflowFailureInfo);
                Assert.Equal("worker", failed.Identity);
            });

    [Fact]
    public void Reset_WhenPaused_BeginsARunThatIsNot() =>
        Given(WorkflowIsIdle(), Pause())
            .WhenReset(4)
            .Then(WorkflowExecutionTerminated())
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Running, state.Status);
                Assert.Null(state.Pause);
                Assert.NotNull(state.Task);
            });

    [Fact]
    public void Reset_OfAChild_TellsItsParentNothing() =>
        Given(
            WorkflowStarted(a => a.ParentWorkflowExecution = SomeParent),
            new ParentInformed(),
            WorkflowTaskScheduled(),
            WorkflowTaskStarted())
            .WhenReset(3)
            .AndState(state => Assert.Empty(state.PendingDeliveries))
            .InNewRun()
            .AndState(state => Assert.Empty(PendingDeliveries.All(state)));

    [Fact]
    public void Reset_OfAnOlderRun_EndsTheCurrentOneAndAppliesItsEvents()
    {
        var first = Given(WorkflowTaskIsStarted()).When(Complete(ContinueAsNew()));
        var second = first.InNewRun().When(Signal("to the second"));
        var reset = Resets.Of(first, 4, continuations: second);

        var decision = reset.Decide(first.State, second.State, [], second.Context);

        Assert.Equal(second.State.Key, decision.Change!.After.Key);
        Assert.Equal(WorkflowExecutionStatus.Terminated, decision.Change.After.Status);
        Assert.Null(decision.Change.After.Successor);
        Assert.Equal(Resets.NewRun, decision.OtherChange!.After.Successor!.Run);
        Assert.Equal(first.State.Key, decision.OtherChange.After.Key);
        Assert.Equal(1, decision.NewRun!.After.SignalCount);
    }

    [Fact]
    public void Reset_WhenTheRunContinuedSinceItWasRead_HasToReadAgain()
    {
        var scenario = Given(WorkflowTaskIsStarted());
        var reset = Resets.Of(scenario, 3);
        scenario.When(Complete(ContinueAsNew()));

        var decision = reset.Decide(
            scenario.State, scenario.InNewRun().State, [.. scenario.History.Skip(3)], scenario.Context);

        Assert.Equal(ResetOutdated.Instance, decision.Reply);
    }

    [Fact]
    public void Reset_AppliesWhatHappenedSinceItWasRead()
    {
        var scenario = Given(WorkflowIsIdle());
        var reset = Resets.Of(scenario, 4);
        scenario.When(Signal());

        var decision = reset.Decide(scenario.State, scenario.State, [.. scenario.History.Skip(4)], scenario.Context);

        Assert.Equal(1, decision.NewRun!.After.SignalCount);
    }

    [Fact]
    public void Reset_OfALongHistory_CopiesItInRowsOfBoundedSize()
    {
        var scenario = Given(WorkflowIsIdle());
        for (var i = 0; i < 200; i++)
        {
            scenario.And(WorkflowExecutionSignaled());
        }

        var reset = Resets.Of(scenario.And(WorkflowTaskScheduled(), WorkflowTaskStarted()), 206);

        Assert.Equal([1, 65, 129, 193], reset.Material.Copied.Rows.Select(row => row.FirstEventId));
    }

    private static Temporalio.Api.Command.V1.Command ContinueAsNew() => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new()
        {
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new() { Name = "queue" },
        },
    };
}
