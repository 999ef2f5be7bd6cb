namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Where the SDK's metrics go. Without an address they go to .NET's meter
/// <see cref="WorkflowTelemetry.MeterName"/>, from which the application's own exporter takes them.</summary>
public sealed class WorkflowMetricsOptions
{
    /// <summary>Where the SDK serves them for Prometheus itself, as <c>ip:port</c>.</summary>
    public string? PrometheusAddress { get; set; }

    /// <summary>An OpenTelemetry collector that the SDK sends them to by gRPC, such as
    /// <c>http://localhost:4317</c>.</summary>
    public Uri? CollectorAddress { get; set; }

    /// <summary>Tags of every metric.</summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
