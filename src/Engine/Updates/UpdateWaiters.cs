using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;

namespace AugmentedOS.Engine.Updates;

/// <summary>Who waits for one run's updates. In memory only; used by the run's shard alone.</summary>
internal sealed class UpdateWaiters
{
    private readonly Dictionary<string, List<UpdateWaiter>> _byUpdate = new(StringComparer.Ordinal);

    public void Add(UpdateWaiter waiter)
    {
        if (!_byUpdate.TryGetValue(waiter.UpdateId, out var waiters))
        {
            _byUpdate[waiter.UpdateId] = waiters = [];
        }

        waiters.RemoveAll(static gone => gone.HasEnded);
        waiters.Add(waiter);
    }

    /// <summary>What a decision means for those who wait.</summary>
    /// <param name="after">The run after it.</param>
    /// <returns>What to do once it is known whether the decision is durable: null, or why it is not. Null when nobody
    /// is concerned.</returns>
    public Action<Rejection?>? Advance(Decision decision, RunState after)
    {
        if (_byUpdate.Count == 0)
        {
            return null;
        }

        var told = new List<(UpdateWaiter Waiter, UpdateProgress Progress)>();
        foreach (var (id, progress) in UpdateNews.Of(decision, after, _byUpdate.Keys))
        {
            if (!_byUpdate.TryGetValue(id, out var waiters))
            {
                continue;
            }

            told.AddRange(waiters.Select(waiter => (waiter, progress)));
            if (progress is not UpdateProgress.Accepted)
            {
                _byUpdate.Remove(id);
            }
        }

        return told.Count == 0 ? null : failure => told.ForEach(news => Tell(news.Waiter, news.Progress, failure));
    }

    /// <summary>The run leaves memory.</summary>
    public void LoseAll(Rejection reason)
    {
        foreach (var waiter in _byUpdate.Values.SelectMany(static waiters => waiters))
        {
            waiter.Lose(reason);
        }

        _byUpdate.Clear();
    }

    private static void Tell(UpdateWaiter waiter, UpdateProgress progress, Rejection? failure)
    {
        if (failure is null)
        {
            waiter.Tell(progress);
        }
        else
        {
            waiter.Lose(failure);
        }
    }
}
