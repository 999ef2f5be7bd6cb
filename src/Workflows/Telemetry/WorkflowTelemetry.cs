using System.Diagnostics.Metrics;
using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;
using Temporalio.Runtime;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Adds traces and metrics of workflows to an application.</summary>
public static class WorkflowTelemetry
{
    /// <summary>The meter of the SDK's metrics: <c>temporal_workflow_completed</c> and so on, durations in
    /// seconds.</summary>
    public const string MeterName = "Temporalio";

    /// <summary>Traces the application's client and workers; see <see cref="WorkflowTracing"/>. A tracer provider
    /// listens with <c>AddSource([.. WorkflowTracing.SourceNames])</c>.</summary>
    public static WorkflowsBuilder AddTracing(
        this WorkflowsBuilder builder, Action<WorkflowTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkflowTracingOptions();
        configure?.Invoke(options);

        // First, so that the work of other interceptors is in the span too.
        return builder.ConfigureClient(client => client.Interceptors =
            [new WorkflowTracing(options), .. client.Interceptors ?? []]);
    }

    /// <summary>Hands the SDK's metrics on; see <see href="https://docs.temporal.io/references/sdk-metrics"/>. A meter
    /// provider listens with <c>AddMeter(WorkflowTelemetry.MeterName)</c>.</summary>
    /// <exception cref="WorkflowsConfigurationException">There are two addresses, or metrics were added
    /// before.</exception>
    public static WorkflowsBuilder AddMetrics(
        this WorkflowsBuilder builder, Action<WorkflowMetricsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkflowMetricsOptions();
        configure?.Invoke(options);
        if (options is { PrometheusAddress: not null, CollectorAddress: not null })
        {
            throw new WorkflowsConfigurationException(
                "AddMetrics has PrometheusAddress and CollectorAddress: the SDK sends its metrics to one place, give "
                + "one of them.");
        }

        if (builder.Services.Any(service => service.ServiceType == typeof(TemporalRuntime)))
        {
            throw new WorkflowsConfigurationException("AddMetrics is called twice: give it once, with all options.");
        }

        builder.Services.AddMetrics();
        builder.Services.AddSingleton(provider => new TemporalRuntime(new TemporalRuntimeOptions(
            new TelemetryOptions { Metrics = MetricsOf(options, provider.GetRequiredService<IMeterFactory>()) })));
        builder.Services.AddOptions<TemporalClientConnectOptions>()
            .Configure<TemporalRuntime>((client, runtime) => client.Runtime = runtime);
        return builder;
    }

    private static MetricsOptions MetricsOf(WorkflowMetricsOptions options, IMeterFactory meters)
    {
        var metrics = new MetricsOptions { GlobalTags = [.. options.Tags] };
        if (options.PrometheusAddress is { } address)
        {
            metrics.Prometheus = new PrometheusOptions(address) { UseSecondsForDuration = true };
        }
        else if (options.CollectorAddress is { } collector)
        {
            metrics.OpenTelemetry = new OpenTelemetryOptions(collector) { UseSecondsForDuration = true };
        }
        else
        {
            metrics.CustomMetricMeter = new MeterMetrics(meters.Create(MeterName), options.Tags);
            metrics.CustomMetricMeterOptions = new CustomMetricMeterOptions
            {
                HistogramDurationFormat = CustomMetricMeterOptions.DurationFormat.FloatSeconds,
            };
        }

        return metrics;
    }
}
