namespace AugmentedOS.Engine.Quotas;

/// <summary>One rate for calls of several priorities: what a call takes is taken from all lower ones too, so that when
/// there is too much, the least important is refused first. Thread-safe.</summary>
internal sealed class PriorityRate
{
    private readonly TokenBucket[] _buckets;

    /// <param name="burstRatio">How many seconds' worth of tokens are kept.</param>
    public PriorityRate(double perSecond, double burstRatio, int priorities, TimeProvider time)
    {
        var capacity = Math.Max(1, perSecond * burstRatio);
        _buckets = [.. Enumerable.Range(0, priorities).Select(_ => new TokenBucket(perSecond, capacity, time))];
    }

    public bool TryTake(int priority)
    {
        if (!_buckets[priority].TryTake())
        {
            return false;
        }

        for (var lower = priority + 1; lower < _buckets.Length; lower++)
        {
            _buckets[lower].TryTake();
        }

        return true;
    }
}
