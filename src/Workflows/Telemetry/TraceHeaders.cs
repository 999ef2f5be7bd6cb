using OpenTelemetry.Context.Propagation;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Writes a trace into headers and reads it from them.</summary>
internal sealed class TraceHeaders(WorkflowTracingOptions options)
{
    private readonly string _key = options.HeaderKey;
    private readonly TextMapPropagator _propagator = options.Propagator;

    /// <summary>The headers with the trace; as they were when there is none.</summary>
    public IDictionary<string, Payload>? With(IDictionary<string, Payload>? headers, PropagationContext trace)
    {
        var carrier = new Dictionary<string, string>(StringComparer.Ordinal);
        Write(trace, carrier);
        if (carrier.Count == 0)
        {
            return headers;
        }

        // Headers are not for the payload codec: other SDKs read this one as it is.
        return new Dictionary<string, Payload>(headers ?? EmptyPayloads)
        {
            [_key] = DataConverter.Default.PayloadConverter.ToPayload(carrier),
        };
    }

    /// <summary>The headers of a Nexus operation with the trace: texts, each field under its own name.</summary>
    public IDictionary<string, string>? With(IDictionary<string, string>? headers, PropagationContext trace)
    {
        var carrier = new Dictionary<string, string>(headers ?? EmptyTexts);
        Write(trace, carrier);
        return carrier.Count == 0 ? headers : carrier;
    }

    /// <summary>The trace in headers; the default when there is none.</summary>
    public PropagationContext Read(IReadOnlyDictionary<string, Payload>? headers) =>
        headers is not null && headers.TryGetValue(_key, out var payload)
        && DataConverter.Default.PayloadConverter.ToValue<Dictionary<string, string>>(payload) is { } carrier
            ? Read(carrier)
            : default;

    /// <summary>The trace in the headers of a Nexus operation; the default when there is none.</summary>
    public PropagationContext Read(IReadOnlyDictionary<string, string>? headers) => headers is null
        ? default
        : _propagator.Extract(
            default, headers, static (carrier, name) => carrier.TryGetValue(name, out var value) ? [value] : []);

    private static IDictionary<string, Payload> EmptyPayloads { get; } = new Dictionary<string, Payload>();

    private static IDictionary<string, string> EmptyTexts { get; } = new Dictionary<string, string>();

    private void Write(PropagationContext trace, Dictionary<string, string> carrier) =>
        _propagator.Inject(trace, carrier, static (into, name, value) => into[name] = value);
}
