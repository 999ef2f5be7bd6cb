using System.Diagnostics.Metrics;

namespace AugmentedOS.Engine.Nexus;

/// <summary>What operators watch of Nexus, under the names that a Temporal server's dashboards know.</summary>
internal sealed class NexusInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AugmentedOS.Engine.Nexus";

    private readonly Meter _meter;
    private readonly Counter<long> _outbound;
    private readonly Histogram<double> _outboundLatency;
    private readonly Counter<long> _callbacks;
    private readonly Histogram<double> _callbackLatency;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _completions;
    private readonly Histogram<double> _completionLatency;

    /// <param name="factory">Where the host collects meters; null outside a host.</param>
    public NexusInstruments(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _outbound = _meter.CreateCounter<long>(
            "nexus_outbound_requests", description: "Requests to handlers of Nexus operations.");
        _outboundLatency = _meter.CreateHistogram<double>(
            "nexus_outbound_latency", "s", "How long requests to handlers took, in seconds.");
        _callbacks = _meter.CreateCounter<long>(
            "callback_outbound_requests", description: "Completion callbacks that were made.");
        _callbackLatency = _meter.CreateHistogram<double>(
            "callback_outbound_latency", "s", "How long completion callbacks took, in seconds.");
        _requests = _meter.CreateCounter<long>("nexus_requests", description: "Nexus requests taken over HTTP.");
        _latency = _meter.CreateHistogram<double>(
            "nexus_latency", "s", "How long Nexus requests over HTTP took, in seconds.");
        _completions = _meter.CreateCounter<long>(
            "nexus_completion_requests", description: "Completions of Nexus operations taken over HTTP.");
        _completionLatency = _meter.CreateHistogram<double>(
            "nexus_completion_latency", "s", "How long completions over HTTP took, in seconds.");
    }

    public void Called(string method, string destination, string outcome, TimeSpan took)
    {
        _outbound.Add(1, new("method", method), new("destination", destination), new("outcome", outcome));
        _outboundLatency.Record(
            took.TotalSeconds, new("method", method), new("destination", destination), new("outcome", outcome));
    }

    public void CalledBack(string destination, string outcome, TimeSpan took)
    {
        _callbacks.Add(1, new("destination", destination), new("outcome", outcome));
        _callbackLatency.Record(took.TotalSeconds, new("destination", destination), new("outcome", outcome));
    }

    public void Handled(string method, string endpoint, string outcome, TimeSpan took)
    {
        _requests.Add(1, new("method", method), new("nexus_endpoint", endpoint), new("outcome", outcome));
        _latency.Record(
            took.TotalSeconds, new("method", method), new("nexus_endpoint", endpoint), new("outcome", outcome));
    }

    public void Completed(string outcome, TimeSpan took)
    {
        _completions.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _completionLatency.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    public void Dispose() => _meter.Dispose();
}
