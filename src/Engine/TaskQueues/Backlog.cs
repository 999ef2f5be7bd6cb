namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Tasks that wait for a poller: the most urgent priority first, and within it in order of arrival. A task is
/// in it once, however often it is added. Guarded by its queue's lock.</summary>
/// <remarks>Bounded by what it refers to: each task stands for a pending one of a run that is in memory anyway.</remarks>
internal sealed class Backlog
{
    private const int DefaultPriority = 3;
    private const int Priorities = 5;
    private const int KeptCapacity = 1024;
    private readonly Queue<TaskReference>?[] _byPriority = new Queue<TaskReference>?[Priorities];
    private readonly HashSet<TaskName> _names = [];

    public int Count => _names.Count;

    public bool TryAdd(in TaskReference task)
    {
        if (!_names.Add(TaskName.Of(task)))
        {
            return false;
        }

        (_byPriority[IndexOf(task)] ??= new Queue<TaskReference>()).Enqueue(task);
        return true;
    }

    public bool TryTake(out TaskReference task)
    {
        foreach (var queue in _byPriority)
        {
            if (queue is not null && queue.TryDequeue(out task))
            {
                _names.Remove(TaskName.Of(task));
                TrimAfterPeak(queue);
                return true;
            }
        }

        task = default;
        return false;
    }

    /// <summary>The task that would be taken next.</summary>
    public bool TryPeek(out TaskReference task)
    {
        foreach (var queue in _byPriority)
        {
            if (queue is not null && queue.TryPeek(out task))
            {
                return true;
            }
        }

        task = default;
        return false;
    }

    /// <summary>How many tasks wait in a priority, and when the first of them was scheduled; null when none waits.</summary>
    public (int Count, Instant? Oldest) Of(int priorityKey)
    {
        var queue = _byPriority[priorityKey - 1];
        return queue is not null && queue.TryPeek(out var first) ? (queue.Count, first.ScheduledAt) : (0, null);
    }

    /// <summary>No priority means the middle one; what is past the last counts as the last.</summary>
    private static int IndexOf(in TaskReference task) =>
        Math.Min(task.PriorityKey <= 0 ? DefaultPriority : task.PriorityKey, Priorities) - 1;

    private void TrimAfterPeak(Queue<TaskReference> queue)
    {
        if (queue.Count == 0 && queue.Capacity > KeptCapacity)
        {
            queue.TrimExcess(KeptCapacity);
            _names.TrimExcess();
        }
    }

    private readonly record struct TaskName(RunId Run, long ScheduledEventId, int Attempt)
    {
        public static TaskName Of(in TaskReference task) => new(task.Run.Run, task.ScheduledEventId, task.Attempt);
    }
}
