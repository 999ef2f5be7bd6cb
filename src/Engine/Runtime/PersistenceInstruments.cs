using System.Diagnostics.Metrics;

namespace AugmentedOS.Engine.Runtime;

/// <summary>What operators watch of the writer, under the names that a Temporal server's dashboards know.</summary>
internal sealed class PersistenceInstruments : IDisposable
{
    private static readonly KeyValuePair<string, object?> Operation = new("operation", "Commit");
    private readonly Meter _meter;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _writes;
    private readonly Histogram<double> _latency;

    public PersistenceInstruments(IMeterFactory? meters)
    {
        const string name = "AugmentedOS.Engine.Persistence";
        _meter = meters?.Create(new MeterOptions(name)) ?? new Meter(name);
        _commits = _meter.CreateCounter<long>("persistence_requests", description: "Commits: one fsync each.");
        _errors = _meter.CreateCounter<long>("persistence_errors", description: "Commits that failed.");
        _writes = _meter.CreateCounter<long>("persistence_writes", description: "Transitions and other writes in commits.");
        _latency = _meter.CreateHistogram<double>("persistence_latency", "s", "How long commits took, in seconds.");
    }

    public void Committed(int writes, TimeSpan took)
    {
        _commits.Add(1, Operation);
        _writes.Add(writes, Operation);
        _latency.Record(took.TotalSeconds, Operation);
    }

    public void Failed()
    {
        _commits.Add(1, Operation);
        _errors.Add(1, Operation);
    }

    public void Dispose() => _meter.Dispose();
}
