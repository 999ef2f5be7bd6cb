using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Namespaces;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>What operators watch of the API, under the names that a Temporal server's dashboards know.</summary>
internal sealed class CallInstruments
{
    private static readonly KeyValuePair<string, object?> ServiceName = new("service_name", "frontend");
    private readonly INamespaceDirectory _namespaces;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _errorsByType;
    private readonly Counter<long> _exhausted;
    private readonly Counter<long> _unauthorized;
    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _pending;
    private readonly ActionInstruments _actions;

    public CallInstruments(IMeterFactory meters, INamespaceDirectory namespaces)
    {
        _namespaces = namespaces;
        var meter = meters.Create(new MeterOptions("AugmentedOS.Engine.Api"));
        _requests = meter.CreateCounter<long>("service_requests", description: "Calls taken.");
        _errors = meter.CreateCounter<long>("service_errors", description: "Calls that failed unexpectedly.");
        _errorsByType =
            meter.CreateCounter<long>("service_error_with_type", description: "Calls answered with an error.");
        _exhausted = meter.CreateCounter<long>(
            "service_errors_resource_exhausted", description: "Calls refused because something was used up.");
        _unauthorized = meter.CreateCounter<long>(
            "service_errors_unauthorized", description: "Calls refused because the caller may not make them.");
        _latency = meter.CreateHistogram<double>("service_latency", "s", "How long calls took, in seconds.");
        _pending = meter.CreateUpDownCounter<long>("service_pending_requests", description: "Calls under way.");
        _actions = new ActionInstruments(meter);
    }

    /// <summary>Whether anybody looks: measuring costs nothing otherwise.</summary>
    public bool IsWatched => _requests.Enabled;

    /// <returns>The call's tags, for when it ends.</returns>
    public KeyValuePair<string, object?>[] Began(string operation, string ns)
    {
        KeyValuePair<string, object?>[] tags =
        [
            new("operation", operation),
            new("namespace", _namespaces.TryFind(ns, out var known) ? known.Name : CallTags.UnknownNamespace),
            ServiceName,
        ];
        _requests.Add(1, tags);
        _pending.Add(1, tags);
        return tags;
    }

    public void Answered(
        KeyValuePair<string, object?>[] tags, string operation, IMessage request, IMessage response) =>
        _actions.Answered(tags, operation, request, response);

    public void Ended(KeyValuePair<string, object?>[] tags, TimeSpan took)
    {
        _pending.Add(-1, tags);
        _latency.Record(took.TotalSeconds, tags);
    }

    public void Refused(KeyValuePair<string, object?>[] tags, Rejection rejection)
    {
        _errorsByType.Add(1, [.. tags, new("error_type", ErrorTypes.Of(rejection))]);
        if (rejection.Detail is ResourceExhaustedFailure exhausted)
        {
            _exhausted.Add(1, [
                .. tags,
                new("resource_exhausted_cause", exhausted.Cause.ToString()),
                new("resource_exhausted_scope", exhausted.Scope.ToString()),
            ]);
        }

        if (rejection.Code == StatusCode.PermissionDenied)
        {
            _unauthorized.Add(1, tags);
        }

        if (ErrorTypes.IsUnexpected(rejection.Code))
        {
            _errors.Add(1, tags);
        }
    }

    /// <summary>Refused before it was understood: too large, or not the message that was expected.</summary>
    public void Refused(KeyValuePair<string, object?>[] tags, StatusCode code) =>
        Refused(tags, new Rejection(code, ""));
}
