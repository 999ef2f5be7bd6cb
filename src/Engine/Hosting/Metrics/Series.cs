using System.Globalization;
using System.Text;

namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>The numbers of one series. Thread-safe.</summary>
internal sealed class Series
{
    /// <summary>Upper bounds in seconds, close where latencies are promised.</summary>
    public static readonly IReadOnlyList<double> Latencies =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<double> _bounds;
    private readonly long[]? _buckets;
    private double _sum;
    private long _count;

    /// <param name="labels">As they stand between the braces.</param>
    /// <param name="bounds">Upper bounds of a histogram's buckets; null for a single number.</param>
    public Series(string labels, IReadOnlyList<double>? bounds)
    {
        Labels = labels;
        _bounds = bounds ?? [];
        _buckets = bounds is null ? null : new long[bounds.Count];
    }

    /// <summary>As they stand between the braces.</summary>
    public string Labels { get; }

    public void Set(double value)
    {
        lock (_gate)
        {
            _sum = value;
        }
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            if (_buckets is null)
            {
                return;
            }

            for (var bucket = 0; bucket < _bounds.Count; bucket++)
            {
                if (value <= _bounds[bucket])
                {
                    _buckets[bucket]++;
                    return;
                }
            }
        }
    }

    public void WriteTo(string name, StringBuilder text)
    {
        lock (_gate)
        {
            if (_buckets is null)
            {
                WriteLine(text, name, "", _sum);
                return;
            }

            var below = 0L;
            for (var bucket = 0; bucket < _bounds.Count; bucket++)
            {
                below += _buckets[bucket];
                WriteLine(text, $"{name}_bucket", $"le=\"{Format(_bounds[bucket])}\"", below);
            }

            WriteLine(text, $"{name}_bucket", "le=\"+Inf\"", _count);
            WriteLine(text, $"{name}_sum", "", _sum);
            WriteLine(text, $"{name}_count", "", _count);
        }
    }

    private void WriteLine(StringBuilder text, string name, string bound, double value)
    {
        text.Append(name);
        if (Labels.Length + bound.Length > 0)
        {
            var comma = Labels.Length > 0 && bound.Length > 0 ? "," : "";
            text.Append('{').Append(Labels).Append(comma).Append(bound).Append('}');
        }

        text.Append(' ').Append(Format(value)).Append('\n');
    }

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
