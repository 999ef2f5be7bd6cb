using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Clocks;

namespace AugmentedOS.Engine.Runtime;

/// <summary>When which target of a loop must be looked at, and one timer for the earliest. Touched by that loop only.</summary>
/// <typeparam name="TTarget">Names what must be looked at.</typeparam>
internal sealed class WakeUpQueue<TTarget> : IDisposable
{
    private readonly PriorityQueue<QueuedWakeUp<TTarget>, Instant> _queue = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private Instant _armedFor = Instant.MaxValue;

    /// <param name="due">Called on any thread when the earliest wake-up is due.</param>
    public WakeUpQueue(TimeProvider time, Action due)
    {
        _time = time;
        IsExact = time is SkippingClock;
        _timer = time.CreateTimer(_ => due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether its timer is a reason to skip time: then it stands for what is due and for nothing else.</summary>
    public bool IsExact { get; }

    public QueuedWakeUp<TTarget> Add(TTarget target, Instant at)
    {
        var added = new QueuedWakeUp<TTarget>(target, at);
        _queue.Enqueue(added, at);
        return added;
    }

    /// <summary>Takes the next one that is due.</summary>
    public bool TryTakeDue(Instant now, [NotNullWhen(true)] out QueuedWakeUp<TTarget>? due)
    {
        while (_queue.TryPeek(out due, out var at) && (at <= now || due.IsCancelled))
        {
            _queue.Dequeue();
            if (!due.IsCancelled)
            {
                return true;
            }
        }

        due = null;
        return false;
    }

    /// <summary>Sets the timer for the earliest one, if it is not set for that already.</summary>
    public void Arm()
    {
        if (IsExact)
        {
            DropCancelled();
        }

        if (!_queue.TryPeek(out _, out var earliest) || earliest >= _armedFor)
        {
            return;
        }

        _armedFor = earliest;
        var wait = earliest - Instant.From(_time.GetUtcNow());
        _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : IsExact ? wait : Clamp(wait), Timeout.InfiniteTimeSpan);
    }

    private void DropCancelled()
    {
        while (_queue.TryPeek(out var next, out _) && next.IsCancelled)
        {
            _queue.Dequeue();
        }

        if (_armedFor < Instant.MaxValue && (!_queue.TryPeek(out _, out var earliest) || earliest > _armedFor))
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _armedFor = Instant.MaxValue;
        }
    }

    /// <summary>The timer has gone off: it must be armed again.</summary>
    public void Disarmed() => _armedFor = Instant.MaxValue;

    public void Clear()
    {
        _queue.Clear();
        _armedFor = Instant.MaxValue;
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Timers take at most some 49 days; a spurious look does no harm. The millisecond more is because timers
    /// may go off a fraction early.</summary>
    private static TimeSpan Clamp(TimeSpan wait) =>
        wait < TimeSpan.FromDays(30) ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.FromDays(30);
}
