using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Tasks of one priority: fairness keys take turns by their weights, and within a key the first comes first.
/// Guarded by its queue's lock.</summary>
/// <remarks>Stride scheduling: each key has a pass, the next turn is the lowest pass's, and a turn moves the key's pass
/// on by 1000 / weight. A key that comes anew begins at the present turn, so that it has neither debts nor savings.
/// Without fairness keys all tasks are in one lane, which is a plain queue.</remarks>
internal sealed class FairQueue(FairnessPolicy policy)
{
    private const int KeptCapacity = 1024;
    private const int MostResting = 1000;
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Lane, (double Pass, long Order)> _turns = new();
    private readonly PriorityQueue<Lane, TimeSpan> _held = new();
    private double _present;
    private long _lastOrder;
    private int _forgetAt = MostResting;

    public int Count { get; private set; }

    public void Enqueue(in TaskReference task)
    {
        if (!_lanes.TryGetValue(task.FairnessKey, out var lane))
        {
            ForgetResting();
            _lanes.Add(task.FairnessKey, lane = new Lane(task.FairnessKey));
        }

        lane.Tasks.Enqueue(task);
        Count++;
        if (lane.Tasks.Count == 1)
        {
            lane.Pass = Math.Max(lane.Pass, _present);
            LineUp(lane);
        }
    }

    /// <summary>Whether a task could go now, as far as the rates of the keys allow it.</summary>
    public bool HasReady(TimeSpan now) => TryPeekReady(now, out _);

    /// <summary>Takes the next task that the rates of the keys allow.</summary>
    public bool TryDequeue(TimeSpan now, out TaskReference task)
    {
        if (!TryPeekReady(now, out var lane))
        {
            task = default;
            return false;
        }

        _turns.Dequeue();
        task = lane.Tasks.Dequeue();
        Count--;
        policy.TryTake(task, now);
        _present = lane.Pass;
        lane.Pass += policy.StrideOf(task);
        if (lane.Tasks.Count > 0)
        {
            LineUp(lane);
        }
        else if (lane.Tasks.Capacity > KeptCapacity)
        {
            lane.Tasks.TrimExcess(KeptCapacity);
        }

        return true;
    }

    /// <summary>The task that has waited longest in the lane whose turn is next, held back or not.</summary>
    public bool TryPeek(out TaskReference task)
    {
        if (_turns.TryPeek(out var lane, out _) || _held.TryPeek(out lane, out _))
        {
            task = lane.Tasks.Peek();
            return true;
        }

        task = default;
        return false;
    }

    /// <summary>How long until a task may go: zero when one may, null when none will.</summary>
    public TimeSpan? UntilReady(TimeSpan now)
    {
        if (HasReady(now))
        {
            return TimeSpan.Zero;
        }

        return _held.TryPeek(out _, out var due) && due != TimeSpan.MaxValue ? due - now : null;
    }

    /// <summary>The weights or rates have changed: what was held back is looked at again.</summary>
    public void ReleaseHeld()
    {
        while (_held.TryDequeue(out var lane, out _))
        {
            LineUp(lane);
        }
    }

    /// <summary>Takes everything out, whatever the rates say.</summary>
    public IEnumerable<TaskReference> TakeAll()
    {
        ReleaseHeld();
        while (_turns.TryDequeue(out var lane, out _))
        {
            while (lane.Tasks.TryDequeue(out var task))
            {
                Count--;
                yield return task;
            }
        }
    }

    private bool TryPeekReady(TimeSpan now, [NotNullWhen(true)] out Lane? lane)
    {
        while (_held.TryPeek(out lane, out var due) && due <= now)
        {
            _held.Dequeue();
            LineUp(lane);
        }

        while (_turns.TryPeek(out lane, out _))
        {
            var wait = policy.WaitOf(lane.Tasks.Peek(), now);
            if (wait == TimeSpan.Zero)
            {
                return true;
            }

            _turns.Dequeue();
            _held.Enqueue(lane, wait is { } finite ? now + finite : TimeSpan.MaxValue);
        }

        return false;
    }

    private void LineUp(Lane lane) => _turns.Enqueue(lane, (lane.Pass, ++_lastOrder));

    /// <summary>An empty lane is kept while its pass is ahead, so that a key that comes and goes does not gain by it; but
    /// not more of them than anybody could need.</summary>
    private void ForgetResting()
    {
        if (_lanes.Count < _forgetAt)
        {
            return;
        }

        var crowded = _lanes.Values.Count(lane => lane.Tasks.Count == 0 && lane.Pass > _present) >= MostResting;
        foreach (var lane in _lanes.Values)
        {
            if (lane.Tasks.Count == 0 && (crowded || lane.Pass <= _present))
            {
                _lanes.Remove(lane.Key);
            }
        }

        _forgetAt = Math.Max(MostResting, _lanes.Count * 2);
    }

    private sealed class Lane(string key)
    {
        public string Key { get; } = key;

        public Queue<TaskReference> Tasks { get; } = new();

        public double Pass { get; set; }
    }
}
