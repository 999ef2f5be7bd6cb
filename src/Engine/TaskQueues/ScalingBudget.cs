namespace AugmentedOS.Engine.TaskQueues;

/// <summary>How many advices on the number of pollers may still be given: ten a second for each recent poller, so that
/// workers can act on one before they get the next. Guarded by its queue's lock.</summary>
internal sealed class ScalingBudget
{
    private const double PerPollerAndSecond = 10;
    private double _left = PerPollerAndSecond;
    private TimeSpan _filledAt;

    public bool TryTake(int recentPollers, TimeSpan now)
    {
        var rate = PerPollerAndSecond * Math.Max(1, recentPollers);
        _left = Math.Min(rate, _left + ((now - _filledAt).TotalSeconds * rate));
        _filledAt = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
