using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Schedules;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What must hold of schedules when a simulated world has come to rest.</summary>
internal static class ScheduleChecks
{
    public static void All(SimulatedDisk disk, Acknowledged acknowledged, Func<ScheduleState, byte[]> live)
    {
        var runs = disk.Runs.Values.Select(run => run.FoldFromTheStart()).ToList();
        var schedules = ScriptedSchedules.StatesOf(disk).ToList();
        foreach (var key in acknowledged.Schedules)
        {
            Assert.True(schedules.Any(schedule => schedule.Key == key), $"{key} was acknowledged and is gone.");
        }

        foreach (var schedule in schedules)
        {
            var stored = disk.Entities.Values.Single(entity => entity.Key == schedule.Key);
            Assert.True(
                stored.State.Span.SequenceEqual(live(schedule)), $"{schedule.Key}: memory is not what the disk says.");
            CountsItsStarts(schedule, runs);
            KnowsTheEnds(schedule, runs);
            WaitsForTheEnds(schedule, runs);
        }
    }

    /// <summary>Each start is there once: none was lost, and none was made twice.</summary>
    private static void CountsItsStarts(ScheduleState schedule, List<RunState> runs)
    {
        var starts = runs.Where(run => IsStartOf(schedule, run)).ToList();
        Assert.Equal(starts.Count, starts.Select(run => run.StartRequestId).Distinct().Count());
        Assert.True(
            schedule.Counters.Actions == starts.Count,
            $"{schedule.Key} counts {schedule.Counters.Actions} actions and there are {starts.Count}.");
    }

    private static void KnowsTheEnds(ScheduleState schedule, List<RunState> runs)
    {
        foreach (var action in schedule.Actions)
        {
            var last = ChainOf(action, runs)[^1];
            Assert.True(
                action.Status == last.Status, $"{schedule.Key}: {action} has ended {last.Status}.");
        }
    }

    /// <summary>What may not overlap did not.</summary>
    private static void WaitsForTheEnds(ScheduleState schedule, List<RunState> runs)
    {
        var exclusive = schedule.Actions.Where(action => action.IsExclusive).Select(action => ChainOf(action, runs)).ToList();
        for (var index = 1; index < exclusive.Count; index++)
        {
            var end = Instant.From(exclusive[index - 1][^1].CloseEvent!.EventTime);
            var start = exclusive[index][0].StartedAt;
            Assert.True(start >= end, $"{schedule.Key}: a run started at {start} while the one before ran until {end}.");
        }
    }

    private static bool IsStartOf(ScheduleState schedule, RunState run) =>
        run.StartRequestId.StartsWith($"sched-{schedule.Incarnation:N}-", StringComparison.Ordinal)
        && run.Started.ContinuedExecutionRunId.Length == 0;

    private static List<RunState> ChainOf(StartedAction action, List<RunState> runs) =>
        [.. runs.Where(run => run.Started.FirstExecutionRunId == action.FirstRun.ToString())];
}
