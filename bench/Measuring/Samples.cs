namespace AugmentedOS.Bench.Measuring;

/// <summary>Durations, and their percentiles. Thread-safe.</summary>
internal sealed class Samples
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _milliseconds.Count;
            }
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_gate)
        {
            _milliseconds.Add(duration.TotalMilliseconds);
        }
    }

    /// <summary>The value that this share of the samples does not exceed, in milliseconds; 0 without samples.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0)
            {
                return 0;
            }

            _milliseconds.Sort();
            var index = (int)Math.Ceiling(share * _milliseconds.Count) - 1;
            return _milliseconds[Math.Clamp(index, 0, _milliseconds.Count - 1)];
        }
    }
}
