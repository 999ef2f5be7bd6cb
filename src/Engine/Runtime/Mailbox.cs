using System.Collections.Concurrent;

namespace AugmentedOS.Engine.Runtime;

/// <summary>A queue whose handler runs on one thread at a time, in batches, only while there is something to do.</summary>
/// <param name="handle">Gets what is waiting, in order. Must not throw.</param>
internal sealed class Mailbox<T>(IWorkScheduler scheduler, int maxBatch, Action<IReadOnlyList<T>> handle)
    : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<T> _queue = new();
    private readonly List<T> _batch = [];
    private int _isScheduled;
    private int _count;

    /// <summary>How many items wait; may be read by anyone, to refuse work before it is queued.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Post(T item)
    {
        Interlocked.Increment(ref _count);
        _queue.Enqueue(item);
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            scheduler.Schedule(this);
        }
    }

    public void Execute()
    {
        while (_batch.Count < maxBatch && _queue.TryDequeue(out var item))
        {
            _batch.Add(item);
        }

        if (_batch.Count > 0)
        {
            Interlocked.Add(ref _count, -_batch.Count);
            handle(_batch);
            _batch.Clear();
        }

        // The flag falls before the last look: whoever posts after that look sees it down and schedules.
        Volatile.Write(ref _isScheduled, 0);
        if (!_queue.IsEmpty && Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            scheduler.Schedule(this);
        }
    }
}
