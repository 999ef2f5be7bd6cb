using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Telemetry;
using AugmentedOS.Workflows.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>Telemetry of whole hosts.</summary>
public sealed class WorkflowTelemetryTests
{
    private readonly string _queue = $"queue-{Guid.NewGuid()}";

    [Fact]
    public async Task Tracing_WhenAdded_CoversTheClientAndTheWorkersOfTheHost()
    {
        using var recorder = new SpanRecorder();
        var builder = Apps.Builder(Apps.InMemory);
        builder.Services.AddScoped<Greeter>();
        var workflows = builder.AddWorkflows().AddTracing();
        workflows.AddWorker(_queue).AddWorkflow<GreetingWorkflow>().AddScopedActivities<GreetingActivities>();
        using var host = builder.Build();
        await host.StartAsync();

        await host.Client().ExecuteWorkflowAsync(
            (GreetingWorkflow workflow) => workflow.RunAsync("you"), new(_queue, _queue));

        Assert.Equal(
            """
            StartWorkflow:GreetingWorkflow
              RunWorkflow:GreetingWorkflow
                StartActivity:Greet
                  RunActivity:Greet
                CompleteWorkflow:GreetingWorkflow
            """,
            recorder.TreeOf(_queue));
        await host.StopAsync();
    }

    [Fact]
    public async Task Metrics_WhenAdded_GoToTheMeterOfTheHost()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.Services.AddScoped<Greeter>();
        var workflows = builder.AddWorkflows().AddMetrics(metrics => metrics.Tags["team"] = "orders");
        workflows.AddWorker(_queue).AddWorkflow<GreetingWorkflow>().AddScopedActivities<GreetingActivities>();
        using var host = builder.Build();
        using var seen = new MeasurementRecorder(host.Services.GetRequiredService<IMeterFactory>());
        await host.StartAsync();

        await host.GreetAsync(_queue, "you");

        var completed = await seen.FirstAsync("temporal_workflow_completed");
        Assert.Equal("GreetingWorkflow", completed.Tags["workflow_type"]);
        Assert.Equal("orders", completed.Tags["team"]);
        var latency = await seen.FirstAsync("temporal_workflow_endtoend_latency");
        Assert.InRange(Assert.IsType<double>(latency.Value), 0.0001, 60);
        Assert.Equal("s", latency.Unit);
        await host.StopAsync();
    }

    [Fact]
    public async Task Metrics_WhenTheyHaveAnAddress_AreServedThereForPrometheus()
    {
        var address = FreeAddress();
        var builder = Apps.Builder(Apps.InMemory);
        builder.AddWorkflows().AddMetrics(metrics => metrics.PrometheusAddress = address);
        using var host = builder.Build();
        await host.StartAsync();
        Assert.True(await host.Client().Connection.CheckHealthAsync());

        using var web = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var text = await web.GetStringAsync(new Uri($"http://{address}/metrics"));

        Assert.Contains("temporal_request", text, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public void Metrics_WhenTheyHaveTwoAddresses_AreRefused()
    {
        var workflows = Apps.Builder(Apps.InMemory).AddWorkflows();

        var problem = Assert.Throws<WorkflowsConfigurationException>(() => workflows.AddMetrics(metrics =>
        {
            metrics.PrometheusAddress = "127.0.0.1:0";
            metrics.CollectorAddress = new Uri("http://localhost:4317");
        }));

        Assert.Contains("give one of them", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_WhenAddedTwice_AreRefused()
    {
        var workflows = Apps.Builder(Apps.InMemory).AddWorkflows().AddMetrics();

        Assert.Throws<WorkflowsConfigurationException>(() => workflows.AddMetrics());
    }

    private static string FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return probe.LocalEndpoint.ToString()!;
    }

    private sealed record Measurement(string Name, string? Unit, object Value, Dictionary<string, object?> Tags);

    /// <summary>Listens to the meters of one host.</summary>
    private sealed class MeasurementRecorder : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<Measurement>> _first = new();

        public MeasurementRecorder(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == WorkflowTelemetry.MeterName
                    && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>(
                (instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public Task<Measurement> FirstAsync(string name) => Of(name).Task.WaitAsync(Patience);

        public void Dispose() => _listener.Dispose();

        private TaskCompletionSource<Measurement> Of(string name) => _first.GetOrAdd(
            name,
            static _ => new TaskCompletionSource<Measurement>(TaskCreationOptions.RunContinuationsAsynchronously));

        private void Add(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Of(instrument.Name).TrySetResult(new Measurement(
                instrument.Name, instrument.Unit, value, new Dictionary<string, object?>(tags.ToArray())));
    }
}
