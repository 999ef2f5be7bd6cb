using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Everything that threads would do, one item at a time, in an order that the seed decides.</summary>
internal sealed class SeededScheduler(Random random) : IWorkScheduler
{
    private readonly List<IThreadPoolWorkItem> _ready = [];

    public bool IsIdle => _ready.Count == 0;

    public void Schedule(IThreadPoolWorkItem work) => _ready.Add(work);

    /// <summary>Runs one item that is ready; false when there is none.</summary>
    public bool Step()
    {
        if (_ready.Count == 0)
        {
            return false;
        }

        var index = random.Next(_ready.Count);
        var work = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        work.Execute();
        return true;
    }
}
