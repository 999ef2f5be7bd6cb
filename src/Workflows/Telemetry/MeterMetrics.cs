using System.Diagnostics.Metrics;
using Temporalio.Runtime;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Passes the SDK's metrics to a meter of .NET. Thread-safe.</summary>
/// <param name="tagsOfAll">The SDK leaves these to the meter.</param>
internal sealed class MeterMetrics(
    Meter meter, IEnumerable<KeyValuePair<string, string>> tagsOfAll) : ICustomMetricMeter
{
    /// <summary>In seconds, from a task that a cache answers to one that waits for a person.</summary>
    private static readonly double[] Seconds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    private readonly KeyValuePair<string, object?>[] _tagsOfAll =
        [.. tagsOfAll.Select(tag => KeyValuePair.Create<string, object?>(tag.Key, tag.Value))];

    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct
    {
        var counter = Outside(() => meter.CreateCounter<T>(name, unit, description));
        return new Metric<T>((value, tags) => counter.Add(value, tags));
    }

    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct
    {
        var histogram = Outside(
            () => meter.CreateHistogram<T>(name, unit, description, tags: null, BucketsOf<T>(unit)));
        return new Metric<T>((value, tags) => histogram.Record(value, tags));
    }

    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct
    {
        var gauge = Outside(() => meter.CreateGauge<T>(name, unit, description));
        return new Metric<T>((value, tags) => gauge.Record(value, tags));
    }

    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in (appendFrom as KeyValuePair<string, object?>[]) ?? _tagsOfAll)
        {
            all[name] = value;
        }

        foreach (var (name, value) in tags)
        {
            all[name] = value;
        }

        return all.ToArray();
    }

    private static InstrumentAdvice<T>? BucketsOf<T>(string? unit)
        where T : struct =>
        unit == "s" && Seconds is T[] buckets ? new InstrumentAdvice<T> { HistogramBucketBoundaries = buckets } : null;

    /// <summary>What listens to a meter is not workflow code: it may lock and start threads.</summary>
    private static T Outside<T>(Func<T> use) =>
        Workflow.InWorkflow ? Workflow.Unsafe.WithTracingEventListenerDisabled(use) : use();

    private sealed class Metric<T>(Action<T, KeyValuePair<string, object?>[]> record)
        : ICustomMetricCounter<T>, ICustomMetricHistogram<T>, ICustomMetricGauge<T>
        where T : struct
    {
        public void Add(T value, object tags) => Record(value, tags);

        public void Set(T value, object tags) => Record(value, tags);

        public void Record(T value, object tags)
        {
            var own = (KeyValuePair<string, object?>[])tags;
            if (Workflow.InWorkflow)
            {
                Workflow.Unsafe.WithTracingEventListenerDisabled(() => record(value, own));
            }
            else
            {
                record(value, own);
            }
        }
    }
}
