using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Workers that say goodbye, and the engine's own end.</summary>
internal sealed partial class TaskMatcher
{
    private static readonly TimeSpan GoodbyeLasts = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(NamespaceId Namespace, string WorkerInstanceKey), TimeSpan> _gone = new();
    private volatile bool _ended;

    /// <summary>A worker stops: its sticky queue's tasks move to their normal queues, its waiting polls end empty, and
    /// polls that it still sends end at once for half a minute. Harmless for a worker that nobody knows.</summary>
    /// <param name="stickyQueue">The name of its sticky queue; empty when it has none.</param>
    /// <param name="workerInstanceKey">Names the worker process; empty when it is too old to say.</param>
    public void ShutDownWorker(NamespaceId ns, string stickyQueue, string workerInstanceKey)
    {
        var now = Now;
        if (workerInstanceKey.Length > 0)
        {
            RememberGone(ns, workerInstanceKey, now);
            EndPolls(poller => poller.Queue.Namespace == ns && poller.WorkerInstanceKey == workerInstanceKey);
        }

        if (stickyQueue.Length > 0)
        {
            UnloadSticky(new TaskQueueKey(ns, stickyQueue, TaskQueueType.Workflow, IsSticky: true));
        }
    }

    /// <summary>The engine stops: all polls that wait end empty, and later ones at once. Safe to call twice.</summary>
    public void EndAllPolls()
    {
        _ended = true;
        EndPolls(_ => true);
    }

    private bool IsTurnedAway(Poller poller, TimeSpan now) =>
        _ended
        || (poller.WorkerInstanceKey.Length > 0
            && _gone.TryGetValue((poller.Queue.Namespace, poller.WorkerInstanceKey), out var since)
            && now - since < GoodbyeLasts);

    private void RememberGone(NamespaceId ns, string workerInstanceKey, TimeSpan now)
    {
        foreach (var old in _gone)
        {
            if (now - old.Value >= GoodbyeLasts)
            {
                _gone.TryRemove(old);
            }
        }

        _gone[(ns, workerInstanceKey)] = now;
    }

    /// <summary>Whoever starts to wait during this sees that it must not: that is checked under the queue's lock.</summary>
    private void EndPolls(Func<Poller, bool> whose)
    {
        var ending = new List<Poller>();
        foreach (var queue in InOrder())
        {
            lock (queue.Gate)
            {
                ending.AddRange(queue.Waiting().Where(whose));
            }
        }

        ending.ForEach(Cancel);
    }

    /// <summary>A dictionary's own order differs from process to process; this one is the same for the same seed.</summary>
    private IEnumerable<MatchingQueue> InOrder() => _queues.Values
        .OrderBy(queue => queue.Key.Namespace.Value)
        .ThenBy(queue => queue.Key.Name, StringComparer.Ordinal)
        .ThenBy(queue => queue.Key.Type)
        .ThenBy(queue => queue.Key.IsSticky);

    private void UnloadSticky(TaskQueueKey key)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return;
        }

        EndPolls(poller => poller.Queue == key);
        var moving = new List<TaskReference>();
        IReadOnlyList<OfferedQuery> refused;
        lock (queue.Gate)
        {
            queue.Unload();
            refused = queue.WithdrawAll();
            moving.AddRange(queue.Backlogs().SelectMany(backlog => backlog.TakeAll()));
        }

        foreach (var task in moving)
        {
            Add(task);
        }

        foreach (var query in refused)
        {
            query.Refused();
        }
    }
}
