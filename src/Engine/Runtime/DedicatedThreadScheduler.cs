namespace AugmentedOS.Engine.Runtime;

/// <summary>Work on one thread of its own: for the writer, whose every commit blocks on the disk.</summary>
/// <remarks>
/// A plain monitor: it sleeps at once when there is nothing to do, where the framework's blocking collection would spin
/// first and take the time from the worker on the next core. It begins work at most once in its
/// pace: on a fast disk that gathers the transitions of a busy engine into fewer commits, on a slow
/// one, or when little happens, it delays nothing.
/// </remarks>
internal sealed class DedicatedThreadScheduler : IWorkScheduler, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<IThreadPoolWorkItem> _queue = [];
    private readonly Thread _thread;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pace;
    private long _lastBegan;
    private bool _isEnding;

    /// <param name="time">A clock that goes by itself, also when the engine's own is simulated.</param>
    /// <param name="pace">The least time between the beginnings of two pieces of work; zero for none.</param>
    public DedicatedThreadScheduler(string name, TimeProvider time, TimeSpan pace)
    {
        _time = time;
        _pace = pace;
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public void Schedule(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            _queue.Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Finishes what is queued and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Loop()
    {
        while (Next() is { } work)
        {
            work.Execute();
        }
    }

    private IThreadPoolWorkItem? Next()
    {
        lock (_gate)
        {
            Await();
            while (!_isEnding && _pace - _time.GetElapsedTime(_lastBegan) is { Ticks: > 0 } early)
            {
                Monitor.Wait(_gate, (int)Math.Ceiling(early.TotalMilliseconds));
            }

            _lastBegan = _time.GetTimestamp();
            return _queue.TryDequeue(out var work) ? work : null;
        }
    }

    /// <summary>Returns when there is work, or when there will be none any more.</summary>
    private void Await()
    {
        while (_queue.Count == 0 && !_isEnding)
        {
            Monitor.Wait(_gate);
        }
    }
}
