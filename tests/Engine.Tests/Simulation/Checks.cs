using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What must hold when a simulated world has come to rest: the invariants of the engine's design.</summary>
internal static class Checks
{
    public static void All(SimulatedWorld world, Func<RunKey, RunState> liveState)
    {
        var histories = new Dictionary<RunKey, List<HistoryEvent>>();
        foreach (var run in world.Disk.Runs.Values)
        {
            var history = run.Rows.SelectMany(row => SimulatedRun.ReadEvents(row.Facts)).ToList();
            histories.Add(run.Key, history);
            StateIsTheFoldOfItsFacts(run, liveState(run.Key));
            HistoryIsWellFormed(run.Key, history);
        }

        NothingAcknowledgedIsMissing(world.Acknowledged, histories);
        world.Acknowledged.Updates.Check(histories);
        NothingHappenedTwice(histories);
        AtMostOneRunIsOpen(world.Disk);
    }

    public static string Open(SimulatedDisk disk) => string.Join(
        "; ",
        disk.Runs.Values.Where(run => run.ClosedAt is null || run.IsHot)
            .Select(run => $"{run.Key.WorkflowId} {run.Key.Run} {Describe(run.Load().State)}")
            .Concat(ScriptedBatches.StatesOf(disk).Where(batch => batch.IsRunning).Select(batch => $"{batch}"))
            .Concat(ScriptedSchedules.StatesOf(disk).Where(ScriptedSchedules.IsBusy).Select(schedule => $"{schedule}")));

    private static string Describe(RunState state) =>
        $"task {state.Task}, activities {state.Activities.Count}, timers {state.Timers.Count}, children "
        + $"{state.Children.Count} (unstarted {state.UnstartedChildren}), externals {state.Externals.Count}, deliveries "
        + $"[{string.Join(",", state.PendingDeliveries)}], next {state.NextDeadline}, last event {state.LastEventId}";

    private static void StateIsTheFoldOfItsFacts(SimulatedRun run, RunState live)
    {
        var folded = run.FoldFromTheStart();
        var expected = RunStateCodec.Encode(folded);
        if (!expected.AsSpan().SequenceEqual(RunStateCodec.Encode(live)))
        {
            Assert.Fail($"{run.Key}: the live state is not the fold: {StateComparison.Difference(folded, live)}");
        }

        if (!expected.AsSpan().SequenceEqual(RunStateCodec.Encode(run.Load().State)))
        {
            Assert.Fail($"{run.Key}: the snapshot and what follows do not make the fold.");
        }

        Assert.Null(StateInvariants.Violation(live));
    }

    private static void HistoryIsWellFormed(RunKey run, List<HistoryEvent> history)
    {
        Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(e => e.EventId));
        Assert.Equal(EventType.WorkflowExecutionStarted, history[0].EventType);
        var byId = history.ToDictionary(e => e.EventId);
        foreach (var happened in history)
        {
            foreach (var (id, type) in References.Of(happened))
            {
                Assert.True(
                    byId.TryGetValue(id, out var referred) && referred.EventType == type && id < happened.EventId,
                    $"{run}: event {happened.EventId} {happened.EventType} refers to {id}, which is not a {type} before it."
                        + $"\n{string.Join("\n", history.Select(e => $"{e.EventId} {e.EventType}"))}");
            }
        }
    }

    private static void NothingAcknowledgedIsMissing(
        Acknowledged acknowledged, Dictionary<RunKey, List<HistoryEvent>> histories)
    {
        foreach (var run in acknowledged.Starts)
        {
            Assert.True(histories.ContainsKey(run), $"The start of {run} was acknowledged and is gone.");
        }

        foreach (var (requestId, workflow) in acknowledged.Signals.Where(s => !ScriptedBatches.IsDoomed(s.Value)))
        {
            // A reset copies it, or applies it again, in another run.
            var counts = histories.Where(h => h.Key.Workflow == workflow).Select(h => h.Value.Count(e =>
                e.WorkflowExecutionSignaledEventAttributes?.RequestId == requestId)).Where(count => count > 0).ToList();
            Assert.True(
                counts.Count > 0 && counts.All(count => count == 1),
                $"Signal {requestId} of {workflow} was acknowledged and is there {string.Join(" + ", counts)} times.");
        }

        foreach (var (marker, run) in acknowledged.Markers.Where(m => !IsDeleted(m.Value, histories)))
        {
            Assert.True(
                histories[run].Any(e => e.MarkerRecordedEventAttributes?.MarkerName == marker),
                $"The completion with marker {marker} of {run} was acknowledged and is gone.");
        }

        foreach (var (run, scheduledEventId) in acknowledged.Activities.Where(a => !IsDeleted(a.Run, histories)))
        {
            var isRecorded = histories[run].Any(e =>
                e.ActivityTaskCompletedEventAttributes?.ScheduledEventId == scheduledEventId);
            Assert.True(isRecorded, $"The result of activity {scheduledEventId} of {run} was acknowledged and is gone.");
        }

        foreach (var run in acknowledged.Terminations)
        {
            Assert.Equal(EventType.WorkflowExecutionTerminated, histories[run][^1].EventType);
        }
    }

    private static bool IsDeleted(RunKey run, Dictionary<RunKey, List<HistoryEvent>> histories) =>
        ScriptedBatches.IsDoomed(run.Workflow) && !histories.ContainsKey(run);

    private static void NothingHappenedTwice(Dictionary<RunKey, List<HistoryEvent>> histories)
    {
        foreach (var (run, history) in histories)
        {
            var ends = history.SelectMany(References.Ended).ToList();
            Assert.True(ends.Count == ends.Distinct().Count(), $"{run}: something ended twice: {string.Join(", ", ends)}");
        }
    }

    private static void AtMostOneRunIsOpen(SimulatedDisk disk)
    {
        var open = disk.Runs.Values.Where(run => run.ClosedAt is null).GroupBy(run => run.Key.Workflow);
        Assert.All(open, runs => Assert.Single(runs));
    }
}
