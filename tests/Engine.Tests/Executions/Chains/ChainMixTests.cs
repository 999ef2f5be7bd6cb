using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using CsCheck;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using static AugmentedOS.Engine.Tests.Executions.Chains.Closings;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

/// <summary>Whatever clients, workers and time do to one workflow id, in any order: its runs stay one behind another.</summary>
public sealed class ChainMixTests
{
    private static readonly Func<RunState?, Input?>[] Moves =
    [
        _ => StartWorkflow(r => r.RequestId = ""),
        _ => StartWorkflow(r => (r.RequestId, r.CronSchedule) = ("", "*/2 * * * *")),
        _ => StartWorkflow(r =>
        {
            r.RequestId = "";
            r.RetryPolicy = new RetryPolicy { MaximumAttempts = 3 };
            r.WorkflowRunTimeout = 20.Seconds().ToProto();
            r.WorkflowExecutionTimeout = 5.Minutes().ToProto();
        }),
        _ => StartWorkflow(r =>
        {
            r.RequestId = "";
            r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
            r.WorkflowStartDelay = 7.Seconds().ToProto();
        }),
        _ => StartWorkflow(r => (r.RequestId, r.RequestEagerExecution) = ("", true)),
        _ => SignalWithStart(r => r.RequestId = ""),
        _ => Signal(),
        _ => RequestCancel(),
        _ => Terminate(),
        Polled,
        Polled,
        Polled,
        Answered(CompleteWith(Data("result"))),
        Answered(FailWith(Application())),
        Answered(CancelWith()),
        Answered(ContinueAsNew()),
        Answered(),
        state => state?.Task is { IsStarted: true } ? Fail()(state) : null,
    ];

    [Fact]
    public void Runs_WhateverHappens_FollowOneAnother() => Gen.Select(
            Gen.Int[0, Moves.Length - 1], Gen.Int[0, 30_000], (move, wait) => (move, wait))
        .Array[1, 60]
        .Sample(steps =>
        {
            var world = new World();
            foreach (var (move, wait) in steps)
            {
                world.Pass(wait.Milliseconds());
                if (Moves[move](world.Current) is { } input)
                {
                    world.Handle(input);
                }
            }

            world.CheckHistories();
        }, iter: 1500);

    private static Input? Polled(RunState? state) => state?.Task is { IsStarted: false } ? Poll()(state) : null;

    private static Func<RunState?, Input?> Answered(params Temporalio.Api.Command.V1.Command[] commands) =>
        state => state?.Task is { IsStarted: true } ? Complete(commands)(state) : null;

    /// <summary>All runs of one workflow id, each with its history.</summary>
    private sealed class World
    {
        private readonly List<(RunState State, List<HistoryEvent> History)> _runs = [];
        private readonly SequentialIds _ids = new();
        private readonly FixedNamespaces _namespaces = new();
        private Instant _now = Scenario.Start;

        public RunState? Current => _runs.Count == 0 ? null : _runs[^1].State;

        private DecisionContext Context => new(_now, _ids, EngineLimits.Default, _namespaces);

        public void Handle(Input input) => Apply(input.Decide(Current, Context));

        public void Pass(TimeSpan span)
        {
            var until = _now + span;
            while (Current?.NextDeadline is { } due && due.At <= until)
            {
                _now = due.At > _now ? due.At : _now;
                var draft = new Draft(Current, Context);
                DeadlineHandling.Handle(draft, due);
                WorkflowTasks.Ensure(draft);
                Apply(Decision.Accept(draft, Done.Instance));
            }

            _now = until;
        }

        public void CheckHistories()
        {
            for (var i = 0; i < _runs.Count; i++)
            {
                var (state, history) = _runs[i];
                Assert.Equal(Enumerable.Range(1, history.Count), history.Select(e => (int)e.EventId));
                Assert.Equal(i < _runs.Count - 1 || state.IsClosed, state.CloseEvent is not null);
                Assert.Null(StateInvariants.Violation(state));
                CheckSuccessor(state, i + 1 < _runs.Count ? _runs[i + 1].State : null);
            }
        }

        private static void CheckSuccessor(RunState state, RunState? next)
        {
            var close = state.CloseEvent;
            var named = close?.WorkflowExecutionCompletedEventAttributes?.NewExecutionRunId
                ?? close?.WorkflowExecutionFailedEventAttributes?.NewExecutionRunId
                ?? close?.WorkflowExecutionTimedOutEventAttributes?.NewExecutionRunId
                ?? close?.WorkflowExecutionContinuedAsNewEventAttributes?.NewExecutionRunId
                ?? "";
            if (named.Length == 0)
            {
                Assert.Equal("", next?.Started.ContinuedExecutionRunId ?? "");
                Assert.Equal(next?.Key.Run.ToString(), next?.Started.FirstExecutionRunId);
                return;
            }

            Assert.Equal(named, next!.Key.Run.ToString());
            Assert.Equal(state.Key.Run.ToString(), next.Started.ContinuedExecutionRunId);
            Assert.Equal(state.Started.FirstExecutionRunId, next.Started.FirstExecutionRunId);
            Assert.Equal(state.Started.WorkflowExecutionExpirationTime, next.Started.WorkflowExecutionExpirationTime);
            Assert.True(next.FirstTaskAt - state.FirstTaskAt >= 1.Seconds(), "The chain spins.");
        }

        private void Apply(Decision decision)
        {
            if (decision.Change is { } change)
            {
                var history = _runs[^1].History;
                Assert.Equal(_runs[^1].State.Key, change.After.Key);
                _runs[^1] = (Advance(_runs[^1].State, change, history), history);
            }

            if (decision.NewRun is { } born)
            {
                Assert.True(Current is null or { IsClosed: true }, "Two runs are open at once.");
                List<HistoryEvent> history = [];
                _runs.Add((Advance(null, born, history), history));
            }
        }

        private static RunState Advance(RunState? before, RunChange change, List<HistoryEvent> history)
        {
            var folded = Fold.Transition(before, change.After.Key, change.Facts);
            Assert.Null(StateComparison.Difference(folded, Fold.EndTransition(change.After)));
            history.AddRange(change.Facts.Select(fact => fact switch
            {
                RunStarted started => started.Event,
                EventRecorded recorded => recorded.Event,
                BufferedEventRecorded flushed => flushed.Event,
                _ => null,
            }).OfType<HistoryEvent>());
            return folded;
        }
    }
}
