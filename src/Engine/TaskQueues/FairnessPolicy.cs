namespace AugmentedOS.Engine.TaskQueues;

/// <summary>How a queue shares itself among fairness keys: their weights, and the rate that each may take. Guarded by its
/// queue's lock.</summary>
internal sealed class FairnessPolicy
{
    private const float LeastWeight = 0.001f;
    private const double StrideOfWeightOne = 1000;
    private const int MostRemembered = 2000;
    private readonly Dictionary<string, DispatchRate> _rates = new(StringComparer.Ordinal);
    private TaskQueueSettings _settings = TaskQueueSettings.None;

    /// <summary>Whether keys are limited at all: nothing about rates has to be asked while they are not.</summary>
    public bool LimitsKeys => _settings.KeyRate is not null;

    public void Use(TaskQueueSettings settings)
    {
        if (settings.KeyRate is null)
        {
            _rates.Clear();
        }

        _settings = settings;
    }

    /// <summary>How far a key's turn moves back with a task: the heavier the key, the sooner it comes again.</summary>
    public double StrideOf(in TaskReference task) => StrideOfWeightOne / WeightOf(task);

    /// <summary>How long the key's next task has to wait; zero when it need not, null when for ever.</summary>
    public TimeSpan? WaitOf(in TaskReference task, TimeSpan now) =>
        LimitsKeys ? RateOf(task, now).UntilNext(now) : TimeSpan.Zero;

    public bool TryTake(in TaskReference task, TimeSpan now) => !LimitsKeys || RateOf(task, now).TryTake(now);

    /// <summary>A task that was taken came to nothing.</summary>
    public void GiveBack(string key)
    {
        if (_rates.TryGetValue(key, out var rate))
        {
            rate.GiveBack();
        }
    }

    private float WeightOf(in TaskReference task)
    {
        var weight = _settings.Weights.TryGetValue(task.FairnessKey, out var fixedWeight)
            ? fixedWeight
            : task.FairnessWeight;
        return weight <= 0 ? 1 : Math.Max(weight, LeastWeight);
    }

    private DispatchRate RateOf(in TaskReference task, TimeSpan now)
    {
        if (!_rates.TryGetValue(task.FairnessKey, out var rate))
        {
            ForgetRested(now);
            _rates.Add(task.FairnessKey, rate = new DispatchRate());
        }

        rate.Set(_settings.KeyRate * WeightOf(task), now);
        return rate;
    }

    /// <summary>A key that has its whole burst again is as one that was never seen.</summary>
    private void ForgetRested(TimeSpan now)
    {
        if (_rates.Count < MostRemembered)
        {
            return;
        }

        foreach (var (key, rate) in _rates)
        {
            if (rate.IsRested(now))
            {
                _rates.Remove(key);
            }
        }

        if (_rates.Count >= MostRemembered)
        {
            _rates.Clear();
        }
    }
}
