using System.Diagnostics.Metrics;

namespace AugmentedOS.Engine.Hosting.Metrics;

/// <summary>Makes the meters of one engine, so that an exporter can tell them from those of another in this process.
/// </summary>
internal sealed class EngineMeters : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _made.Add(meter);
        return meter;
    }

    public bool Made(Meter meter) => ReferenceEquals(meter.Scope, this);

    public void Dispose() => _made.ForEach(meter => meter.Dispose());
}
