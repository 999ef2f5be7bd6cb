using System.Collections.Concurrent;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Tells long polls that a run's history has grown, once that is durable.</summary>
internal sealed class HistoryNotifier
{
    private readonly ConcurrentDictionary<RunKey, TaskCompletionSource> _waiting = new();
    private volatile bool _isDraining;

    /// <summary>Whether the engine stops: nobody should begin to wait.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Completes when anything new is durable for the run, or when the engine stops. Ask for it before reading,
    /// so that nothing falls between.</summary>
    public Task NextChange(RunKey run)
    {
        var source = _waiting.GetOrAdd(
            run, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_isDraining)
        {
            source.TrySetResult();
        }

        return source.Task;
    }

    public void Publish(RunKey run)
    {
        if (_waiting.TryRemove(run, out var source))
        {
            source.TrySetResult();
        }
    }

    /// <summary>Ends every wait, now and from now on.</summary>
    public void Drain()
    {
        _isDraining = true;
        foreach (var source in _waiting.Values)
        {
            source.TrySetResult();
        }
    }
}
