using System.Diagnostics.Metrics;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>What is measured of dependencies, with the tag <c>dependency</c>.</summary>
internal sealed class DependencyInstruments : IDisposable
{
    private readonly Meter _meter = new(Dependencies.MeterName);
    private readonly Counter<long> _calls;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _opened;

    public DependencyInstruments(Func<IEnumerable<(string Name, CircuitHealth Health)>> states)
    {
        _meter.CreateObservableGauge(
            "aos.dependency.circuit",
            () => states().Select(state => new Measurement<int>((int)state.Health, Tag(state.Name))),
            description: "The circuit: 0 closed, 1 half open, 2 open, 3 isolated.");
        _calls = _meter.CreateCounter<long>("aos.dependency.calls", "{call}", "Calls that were let through.");
        _rejections = _meter.CreateCounter<long>(
            "aos.dependency.rejections", "{call}",
            "Calls that were not let through, by reason: circuit-open, rate-limit, concurrency-limit.");
        _opened = _meter.CreateCounter<long>(
            "aos.dependency.circuit.opened", "{time}", "How often the circuit opened.");
    }

    public void Called(string name) => _calls.Add(1, Tag(name));

    public void Rejected(string name, string reason) => _rejections.Add(1, Tag(name), new("reason", reason));

    public void Opened(string name) => _opened.Add(1, Tag(name));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name) => new("dependency", name);
}
