using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What must hold of Nexus operations and completion callbacks when a simulated world has come to rest.</summary>
internal static class NexusChecks
{
    public static void All(SimulatedDisk disk, Acknowledged acknowledged)
    {
        var runs = disk.Runs.Values.Select(run => run.FoldFromTheStart()).ToList();
        var histories = disk.Runs.Values.ToLookup(
            run => run.Key.Workflow, run => run.Rows.SelectMany(row => SimulatedRun.ReadEvents(row.Facts)).ToList());
        foreach (var run in runs)
        {
            Assert.True(
                run.Nexus is { RequestsDue: 0, CallbacksDue: 0, CallbackDeadlines.IsEmpty: true },
                $"{run.Key} is closed and still has something to tell or to ask.");
            EachOwnerKnowsTheEnd(run, histories);
        }

        foreach (var token in acknowledged.NexusCompletions)
        {
            Assert.True(
                CallerKnows(token, histories), $"The completion of {Decode(token)} was acknowledged and is gone.");
        }

        HandlersStartOnce(runs);
    }

    /// <summary>A callback that was taken is in the history of who waited for it.</summary>
    private static void EachOwnerKnowsTheEnd(RunState run, ILookup<WorkflowKey, List<HistoryEvent>> histories)
    {
        foreach (var callback in run.Nexus.Callbacks.Values)
        {
            if (callback.Phase == CompletionCallbackPhase.Succeeded)
            {
                var token = callback.Callback.Nexus.Header[NexusHeaderNames.CallbackToken];
                Assert.True(CallerKnows(token, histories), $"{run.Key} told {Decode(token)}, which knows nothing of it.");
            }
        }
    }

    /// <summary>Whether the operation has ended in some run of the workflow that called it: a reset copies it.</summary>
    private static bool CallerKnows(string token, ILookup<WorkflowKey, List<HistoryEvent>> histories)
    {
        var target = Decode(token);
        return ScriptedBatches.IsDoomed(target.Run.Workflow) || histories[target.Run.Workflow].Any(history =>
        {
            var scheduled = history.Find(e => e.NexusOperationScheduledEventAttributes?.RequestId == target.RequestId);
            return scheduled is not null && history.Any(e =>
                References.Ended(e).Contains((References.NexusOperation, scheduled.EventId)));
        });
    }

    private static void HandlersStartOnce(List<RunState> runs)
    {
        var begun = runs.Where(run => run.Key.WorkflowId.StartsWith("handler-", StringComparison.Ordinal)
            && run.Started.ContinuedExecutionRunId.Length == 0 && run.Origin is null);
        foreach (var handler in begun.GroupBy(run => run.Key.Workflow))
        {
            Assert.True(handler.Count() == 1, $"{handler.Key} was started {handler.Count()} times for one operation.");
        }
    }

    private static CallbackToken Decode(string token)
    {
        Assert.True(CallbackToken.TryDecode(token, out var target));
        return target;
    }
}
