using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>One instrument's series, by tags.</summary>
internal sealed class Family(Instrument instrument)
{
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
            series = _series.GetOrAdd(key, new Series(LabelsOf(tags), _kind == Kind.Histogram));
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
        Histogram<double> or Histogram<long> or Histogram<int> => Kind.Histogram,
        Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> => Kind.Counter,
        _ => Kind.Gauge,
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
