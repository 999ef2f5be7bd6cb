using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>Collects an engine's measurements and writes them as Prometheus reads them. Thread-safe.</summary>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();

    public PrometheusText(EngineMeters meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Made(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static of => new Family(of)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public string Export()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.WriteTo(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
