using System.Diagnostics.Metrics;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>What operators watch of the API, under the names that a Temporal server's dashboards know.</summary>
internal sealed class CallInstruments
{
    private const string ServiceName = "frontend";
    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _errorsByType;
    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _pending;

    public CallInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(new MeterOptions("AugmentedOS.Engine.Api"));
        _requests = meter.CreateCounter<long>("service_requests", description: "Calls taken.");
        _errors = meter.CreateCounter<long>("service_errors", description: "Calls that failed unexpectedly.");
        _errorsByType = meter.CreateCounter<long>("service_error_with_type", description: "Calls answered with an error.");
        _latency = meter.CreateHistogram<double>("service_latency", "s", "How long calls took, in seconds.");
        _pending = meter.CreateUpDownCounter<long>("service_pending_requests", description: "Calls under way.");
    }

    /// <summary>Whether anybody looks: measuring costs nothing otherwise.</summary>
    public bool IsWatched => _requests.Enabled;

    public void Began(string operation)
    {
        _requests.Add(1, new("operation", operation), new("service_name", ServiceName));
        _pending.Add(1, new("operation", operation), new("service_name", ServiceName));
    }

    public void Ended(string operation, TimeSpan took, StatusCode code)
    {
        _pending.Add(-1, new("operation", operation), new("service_name", ServiceName));
        _latency.Record(took.TotalSeconds, new("operation", operation), new("service_name", ServiceName));
        if (code == StatusCode.OK)
        {
            return;
        }

        _errorsByType.Add(1, new("operation", operation), new("service_name", ServiceName), new("error_type", code.ToString()));
        if (code is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss)
        {
            _errors.Add(1, new("operation", operation), new("service_name", ServiceName));
        }
    }
}
