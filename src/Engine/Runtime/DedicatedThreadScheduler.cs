namespace AugmentedOS.Engine.Runtime;

/// <summary>Work on one thread of its own: for the writer, whose every commit blocks on the disk.</summary>
/// <remarks>A plain monitor: it sleeps at once when there is nothing to do, where the framework's blocking collection
/// would spin first and take the time from the worker on the next core.</remarks>
internal sealed class DedicatedThreadScheduler : IWorkScheduler, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<IThreadPoolWorkItem> _queue = [];
    private readonly Thread _thread;
    private bool _isEnding;

    public DedicatedThreadScheduler(string name)
    {
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
            while (_queue.Count == 0)
            {
                if (_isEnding)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            return _queue.Dequeue();
        }
    }
}
