using System.Collections.Concurrent;

namespace AugmentedOS.Engine.TaskQueues;

/// <content>What is decided elsewhere about queues: limits, weights and the routing of versions. Kept for queues that
/// nobody uses just now, because it must hold when somebody does.</content>
internal sealed partial class TaskMatcher
{
    private readonly ConcurrentDictionary<TaskQueueKey, TaskQueueSettings> _settings = new();
    private readonly ConcurrentDictionary<TaskQueueKey, QueueRouting> _routings = new();

    /// <summary>Limits and weights of a queue, from now on.</summary>
    public void Configure(TaskQueueKey key, TaskQueueSettings settings)
    {
        _settings[key] = settings;
        Change(key, (queue, now) => queue.Use(settings, now));
    }

    /// <summary>Where a queue sends tasks that are not pinned, from now on: also those that wait.</summary>
    public void Route(TaskQueueKey key, QueueRouting routing)
    {
        _routings[key] = routing;
        IReadOnlyList<OfferedQuery> moving = [];
        Change(key, (queue, now) =>
        {
            moving = queue.WithdrawAll();
            queue.Route(routing, now);
        });
        foreach (var query in moving)
        {
            Offer(query);
        }
    }

    /// <summary>Where a queue sends what is not pinned.</summary>
    public QueueRouting RoutingOf(TaskQueueKey key) =>
        _routings.IsEmpty ? QueueRouting.Unversioned : _routings.GetValueOrDefault(key, QueueRouting.Unversioned);

    private TaskQueueSettings SettingsOf(TaskQueueKey key) => _settings.GetValueOrDefault(key, TaskQueueSettings.None);

    private bool Moves(in TaskReference task, TaskQueueKey normal) =>
        !task.Route.IsPinned
        && !_routings.IsEmpty
        && RoutingOf(normal).TargetOf(task.Run.WorkflowId, task.Route.UsesRamping) != task.Route.Version;

    /// <summary>The queue is made if need be: one that is being made at this moment is changed too.</summary>
    private void Change(TaskQueueKey key, Action<MatchingQueue, TimeSpan> change)
    {
        while (true)
        {
            var now = Now;
            var queue = QueueOf(key, now);
            lock (queue.Gate)
            {
                if (queue.IsForgotten)
                {
                    continue;
                }

                change(queue, now);
            }

            Dispatch(queue);
            return;
        }
    }
}
