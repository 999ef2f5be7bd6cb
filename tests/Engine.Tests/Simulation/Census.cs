using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What happened in all worlds together: invariants of what never happens prove nothing.</summary>
internal sealed class Census
{
    private static readonly EventType[] Expected =
    [
        EventType.NexusOperationStarted, EventType.NexusOperationCompleted, EventType.NexusOperationFailed,
        EventType.NexusOperationCanceled, EventType.NexusOperationTimedOut, EventType.NexusOperationCancelRequested,
        EventType.NexusOperationCancelRequestCompleted, EventType.NexusOperationCancelRequestFailed,
        EventType.WorkflowExecutionUpdateCompleted, EventType.WorkflowExecutionSignaled, EventType.TimerFired,
        EventType.ActivityTaskCompleted, EventType.ChildWorkflowExecutionCompleted, EventType.WorkflowExecutionContinuedAsNew,
    ];

    private static readonly WorkflowExecutionStatus[] ActivityEnds =
    [
        WorkflowExecutionStatus.Completed, WorkflowExecutionStatus.Failed, WorkflowExecutionStatus.Canceled,
        WorkflowExecutionStatus.Terminated, WorkflowExecutionStatus.TimedOut,
    ];

    private readonly ConcurrentDictionary<string, int> _counts = new();

    public void Take(SimulatedWorld world)
    {
        foreach (var run in world.Disk.Runs.Values)
        {
            foreach (var happened in run.Rows.SelectMany(row => SimulatedRun.ReadEvents(row.Facts)))
            {
                Count($"{happened.EventType}");
            }

            if (run.Load().State.Versioning is { } versioning)
            {
                Count($"versioned {versioning.Behavior}");
            }

            if (run.Load().State is { Activity: not null, Status: var status })
            {
                Count($"standalone activity {status}");
            }

            foreach (var callback in run.Load().State.Nexus.Callbacks.Values)
            {
                Count($"callback {callback.Phase}");
            }
        }

        foreach (var batch in ScriptedBatches.StatesOf(world.Disk))
        {
            Count($"batch {batch.Type} {batch.Status}");
        }
    }

    /// <summary>What should have happened and did not.</summary>
    public IEnumerable<string> Missing() => Expected.Select(type => $"{type}")
        .Concat(Enum.GetValues<BatchOperationType>().Where(IsScripted).Select(type => $"batch {type} Completed"))
        .Concat(ActivityEnds.Select(status => $"standalone activity {status}"))
        .Append("batch Signal Stopped")
        .Append($"versioned {VersioningBehavior.Pinned}").Append($"versioned {VersioningBehavior.AutoUpgrade}")
        .Append($"callback {CompletionCallbackPhase.Succeeded}").Append($"callback {CompletionCallbackPhase.Failed}")
        .Where(what => !_counts.ContainsKey(what));

    public override string ToString() =>
        string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Key}: {count.Value}"));

    private static bool IsScripted(BatchOperationType type) => type is
        BatchOperationType.Terminate or BatchOperationType.Cancel or BatchOperationType.Signal
        or BatchOperationType.Delete or BatchOperationType.Reset or BatchOperationType.UpdateExecutionOptions
        or BatchOperationType.UnpauseActivity or BatchOperationType.ResetActivity
        or BatchOperationType.UpdateActivityOptions;

    private void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);
}
