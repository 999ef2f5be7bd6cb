using System.Collections.Concurrent;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Workers;

/// <summary>The runs that a test's worker had a part in, in the order in which it met them.</summary>
internal sealed class WorkflowRuns
{
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WorkflowRun> _runs = new();

    public IReadOnlyList<WorkflowRun> All => [.. _runs];

    /// <summary>Notes each run that has had a task.</summary>
    public void Watch(TemporalWorkerOptions options) => options.WorkflowTaskCompleted += (_, task) =>
    {
        var info = task.WorkflowInfo;
        if (_seen.TryAdd(info.RunId, _seen.Count))
        {
            _runs.Enqueue(new WorkflowRun(info.WorkflowId, info.RunId, info.WorkflowType));
        }
    };
}

/// <summary>One run of a workflow.</summary>
internal sealed record WorkflowRun(string WorkflowId, string RunId, string WorkflowType);
