namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Events a second over the last half minute. Guarded by its queue's lock.</summary>
internal sealed class RateWindow(TimeSpan start)
{
    private const int Slots = 30;
    private readonly int[] _counts = new int[Slots];
    private long _second = (long)start.TotalSeconds;
    private int _sum;

    public void Count(TimeSpan now)
    {
        Advance(now);
        _counts[_second % Slots]++;
        _sum++;
    }

    /// <summary>The rate; a young window divides by its age, but not by less than a second.</summary>
    public double PerSecond(TimeSpan now)
    {
        Advance(now);
        return _sum / Math.Clamp((now - start).TotalSeconds, 1, Slots);
    }

    private void Advance(TimeSpan now)
    {
        var second = (long)now.TotalSeconds;
        if (second <= _second)
        {
            return;
        }

        var steps = Math.Min(second - _second, Slots);
        for (var step = 1L; step <= steps; step++)
        {
            var slot = (second - steps + step) % Slots;
            _sum -= _counts[slot];
            _counts[slot] = 0;
        }

        _second = second;
    }
}
