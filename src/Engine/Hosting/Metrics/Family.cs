using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>One instrument's series, by tags.</summary>
internal sealed class Family(Instrument instrument)
{
    /// <summary>Names in tags come from users: past this many, series fold into one, so that no client can fill memory.
    /// </summary>
    private const int MostSeries = 10_000;

    private static readonly TagValues TooMany = new("__overflow__", null, null, null, null, null);

    private readonly ConcurrentDictionary<TagValues, Series> _series = new();
    private readonly Kind _kind = KindOf(instrument);

    private enum Kind
    {
        Counter,
        Gauge,
        Histogram,
    }

    public string Name => instrument.Name;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = TagValues.Of(tags);
        if (!_series.TryGetValue(key, out var series))
        {
            series = _series.Count < MostSeries
                ? _series.GetOrAdd(key, new Series(LabelsOf(tags), BoundsOf(instrument)))
                : _series.GetOrAdd(TooMany, new Series("overflow=\"true\"", BoundsOf(instrument)));
        }

        if (instrument is { IsObservable: true } || _kind == Kind.Gauge && !IsUpDown)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    public void WriteTo(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        if (instrument.Description is { } description)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {description}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# TYPE {Name} {_kind.ToString().ToLowerInvariant()}\n");
        foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            series.WriteTo(Name, text);
        }
    }

    private bool IsUpDown => instrument is UpDownCounter<long> or UpDownCounter<int>;

    private static Kind KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> or Histogram<long> => Kind.Histogram,
        Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> => Kind.Counter,
        _ => Kind.Gauge,
    };

    /// <summary>The instrument's own buckets, or those of latencies; null when it is no histogram.</summary>
    private static IReadOnlyList<double>? BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> seconds => seconds.Advice?.HistogramBucketBoundaries ?? Series.Latencies,
        Histogram<long> counts => counts.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray()
            ?? Series.Latencies,
        _ => null,
    };

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",").Append(name).Append("=\"");
            foreach (var character in value?.ToString() ?? "")
            {
                _ = character switch
                {
                    '\\' => labels.Append("\\\\"),
                    '"' => labels.Append("\\\""),
                    '\n' => labels.Append("\\n"),
                    _ => labels.Append(character),
                };
            }

            labels.Append('"');
        }

        return labels.ToString();
    }
}
