using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Tells whoever waits for a workflow that one of its runs has closed, once that is durable. Thread-safe.</summary>
internal sealed class RunClosings
{
    private readonly ConcurrentDictionary<WorkflowKey, ImmutableList<Action>> _watchers = new();

    /// <summary>Calls <paramref name="closed"/> for each run of the workflow that closes from now on, on the writer's
    /// thread: it must not block. Look at the run after this, so that nothing falls between.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Watch(WorkflowKey workflow, Action closed)
    {
        _watchers.AddOrUpdate(workflow, _ => [closed], (_, others) => others.Add(closed));
        return new Watcher(this, workflow, closed);
    }

    public void Publish(WorkflowKey workflow)
    {
        if (_watchers.IsEmpty || !_watchers.TryGetValue(workflow, out var watchers))
        {
            return;
        }

        foreach (var closed in watchers)
        {
            closed();
        }
    }

    private void Remove(WorkflowKey workflow, Action closed)
    {
        while (_watchers.TryGetValue(workflow, out var watchers))
        {
            var others = watchers.Remove(closed);
            var isDone = others.IsEmpty
                ? _watchers.TryRemove(KeyValuePair.Create(workflow, watchers))
                : _watchers.TryUpdate(workflow, others, watchers);
            if (isDone)
            {
                return;
            }
        }
    }

    private sealed class Watcher(RunClosings closings, WorkflowKey workflow, Action closed) : IDisposable
    {
        public void Dispose() => closings.Remove(workflow, closed);
    }
}
