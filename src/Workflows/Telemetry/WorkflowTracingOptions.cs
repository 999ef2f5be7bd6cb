using OpenTelemetry.Context.Propagation;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>How traces pass from one process to the next. The defaults are those of every Temporal SDK: change them
/// only together with all of them.</summary>
public sealed class WorkflowTracingOptions
{
    /// <summary>The header of starts, signals and tasks that carries the trace. Default: <c>_tracer-data</c>.</summary>
    public string HeaderKey { get; set; } = "_tracer-data";

    /// <summary>How the trace is written. Default: W3C trace context and baggage.</summary>
    public TextMapPropagator Propagator { get; set; } =
        new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]);
}
