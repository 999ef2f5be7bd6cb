using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Tasks that wait for a poller: the most urgent priority first, within it fairness keys in turn, and within a
/// key in order of arrival. A task is in it once, however often it is added. Guarded by its queue's lock.</summary>
/// <remarks>Bounded by what it refers to: each task stands for a pending one of a run that is in memory anyway.</remarks>
internal sealed class Backlog(FairnessPolicy policy)
{
    private const int DefaultPriority = 3;
    private const int Priorities = 5;
    private const int KeptCapacity = 1024;
    private readonly FairQueue?[] _byPriority = new FairQueue?[Priorities];
    private readonly HashSet<TaskName> _names = [];

    public int Count => _names.Count;

    /// <summary>The priority that a task counts as: no priority means the middle one; what is past the last counts as
    /// the last.</summary>
    public static int PriorityOf(in TaskReference task) =>
        Math.Min(task.PriorityKey <= 0 ? DefaultPriority : task.PriorityKey, Priorities);

    public bool TryAdd(in TaskReference task)
    {
        if (!_names.Add(TaskName.Of(task)))
        {
            return false;
        }

        (_byPriority[PriorityOf(task) - 1] ??= new FairQueue(policy)).Enqueue(task);
        return true;
    }

    /// <summary>Whether a task could go now, as far as the rates of fairness keys allow it.</summary>
    public bool HasReady(TimeSpan now) => Count > 0 && TryFindReady(now, out _);

    public bool TryTake(TimeSpan now, out TaskReference task)
    {
        if (Count > 0 && TryFindReady(now, out var queue) && queue.TryDequeue(now, out task))
        {
            _names.Remove(TaskName.Of(task));
            if (_names.Count == 0 && _names.Capacity > KeptCapacity)
            {
                _names.TrimExcess();
            }

            return true;
        }

        task = default;
        return false;
    }

    /// <summary>The task that would be taken next, held back or not.</summary>
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

    /// <summary>How long until a task may go: zero when one may, null when none will.</summary>
    public TimeSpan? UntilReady(TimeSpan now)
    {
        TimeSpan? least = null;
        foreach (var queue in _byPriority)
        {
            if (queue is { Count: > 0 } && queue.UntilReady(now) is { } wait && !(least <= wait))
            {
                least = wait;
            }
        }

        return least;
    }

    /// <summary>How many tasks wait in a priority, and when the next of them was scheduled; null when none waits.</summary>
    public (int Count, Instant? Oldest) Of(int priorityKey)
    {
        var queue = _byPriority[priorityKey - 1];
        return queue is not null && queue.TryPeek(out var first) ? (queue.Count, first.ScheduledAt) : (0, null);
    }

    /// <summary>The weights or rates of fairness keys have changed.</summary>
    public void ReleaseHeld()
    {
        foreach (var queue in _byPriority)
        {
            queue?.ReleaseHeld();
        }
    }

    /// <summary>Takes everything out, in order.</summary>
    public IReadOnlyList<TaskReference> TakeAll()
    {
        var taken = new List<TaskReference>(Count);
        foreach (var queue in _byPriority)
        {
            if (queue is not null)
            {
                taken.AddRange(queue.TakeAll());
            }
        }

        _names.Clear();
        return taken;
    }

    private bool TryFindReady(TimeSpan now, [NotNullWhen(true)] out FairQueue? ready)
    {
        foreach (var queue in _byPriority)
        {
            if (queue is { Count: > 0 } && queue.HasReady(now))
            {
                ready = queue;
                return true;
            }
        }

        ready = null;
        return false;
    }

    /// <summary>With its route: a task that belongs elsewhere by now is another one.</summary>
    private readonly record struct TaskName(RunId Run, long ScheduledEventId, int Attempt, TaskRoute Route)
    {
        public static TaskName Of(in TaskReference task) =>
            new(task.Run.Run, task.ScheduledEventId, task.Attempt, task.Route);
    }
}
