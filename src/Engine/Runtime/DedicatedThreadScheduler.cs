using System.Collections.Concurrent;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Work on one thread of its own: for the writer, whose every commit blocks on the disk.</summary>
internal sealed class DedicatedThreadScheduler : IWorkScheduler, IDisposable
{
    private readonly BlockingCollection<IThreadPoolWorkItem> _queue = [];
    private readonly Thread _thread;

    public DedicatedThreadScheduler(string name)
    {
        _thread = new Thread(Loop) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public void Schedule(IThreadPoolWorkItem work) => _queue.Add(work);

    /// <summary>Finishes what is queued and ends the thread.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Loop()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            work.Execute();
        }
    }
}
