using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>How many starts of each schedule are under way, so that who changed one can wait for what it started.
/// Thread-safe.</summary>
internal sealed class StartsInFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EntityKey, (int Count, TaskCompletionSource Settled)> _flying = [];

    public void Began(EntityKey schedule)
    {
        lock (_gate)
        {
            _flying[schedule] = _flying.TryGetValue(schedule, out var known)
                ? (known.Count + 1, known.Settled)
                : (1, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public void Ended(EntityKey schedule)
    {
        lock (_gate)
        {
            if (!_flying.TryGetValue(schedule, out var known))
            {
                return;
            }

            if (known.Count > 1)
            {
                _flying[schedule] = (known.Count - 1, known.Settled);
                return;
            }

            _flying.Remove(schedule);
            known.Settled.SetResult();
        }
    }

    /// <summary>Completes when there is none.</summary>
    public Task Settled(EntityKey schedule)
    {
        lock (_gate)
        {
            return _flying.TryGetValue(schedule, out var known) ? known.Settled.Task : Task.CompletedTask;
        }
    }
}
