using AugmentedOS.EndToEnd.Sdk;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

[assembly: AssemblyFixture(typeof(SdkEngine))]

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>One engine in memory for all tests of this folder, and the official client. Each test has its own task
/// queue and workflow ids.</summary>
public sealed class SdkEngine : IAsyncLifetime
{
    private readonly IHost _host;

    public SdkEngine()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
            options.SearchAttributes[Customer.Name] = "Keyword";
            options.SearchAttributes[Amount.Name] = "Int";
            options.DynamicConfig["component.nexusoperations.retryPolicy.initialInterval"] = "50ms";
            options.DynamicConfig["component.nexusoperations.limit.request.timeout.min"] = "50ms";
            options.DynamicConfig["component.nexusoperations.limit.dispatch.task.timeout.min"] = "50ms";
        });
        _host = builder.Build();
    }

    public static SearchAttributeKey<string> Customer { get; } = SearchAttributeKey.CreateKeyword("Customer");

    public static SearchAttributeKey<long> Amount { get; } = SearchAttributeKey.CreateLong("Amount");

    public TemporalClient Client { get; private set; } = null!;

    public string Address => _host.Services.GetRequiredService<IWorkflowEngine>().Address!;

    /// <summary>A call that never returns fails its test, and does not hold the others up.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        Client = await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public Task<TemporalClient> ConnectAsync(string ns = "default") => TemporalClient.ConnectAsync(
        new TemporalClientConnectOptions(Address) { Namespace = ns, Runtime = QuietRuntime.Instance });

    /// <summary>Runs a worker on a queue of its own while <paramref name="body"/> runs.</summary>
    public async Task WithWorkerAsync(Action<TemporalWorkerOptions> configure, Func<string, Task> body)
    {
        var queue = NewName("queue");
        using var worker = NewWorker(queue, configure);
        await worker.ExecuteAsync(() => body(queue).WaitAsync(Patience));
    }

    public TemporalWorker NewWorker(string queue, Action<TemporalWorkerOptions> configure)
    {
        var options = new TemporalWorkerOptions(queue);
        configure(options);
        return new TemporalWorker(Client, options);
    }

    /// <summary>Starts the workflow that waits until told what to do; without a queue, nobody works on it.</summary>
    public Task<WorkflowHandle<WaitingWorkflow, string>> StartWaitingAsync(
        string? queue = null, Action<WorkflowOptions>? configure = null)
    {
        var options = new WorkflowOptions(NewName("waiting"), queue ?? "nobody");
        configure?.Invoke(options);
        return Client.StartWorkflowAsync((WaitingWorkflow waiting) => waiting.RunAsync(), options);
    }

    /// <summary>What the SDK's description leaves out as well.</summary>
    public static Task<DescribeWorkflowExecutionResponse> DescribeRawAsync(WorkflowHandle handle) =>
        handle.Client.WorkflowService.DescribeWorkflowExecutionAsync(new DescribeWorkflowExecutionRequest
        {
            Namespace = "default",
            Execution = new() { WorkflowId = handle.Id, RunId = handle.RunId ?? "" },
        });

    /// <summary>The types of all events of a run, in order.</summary>
    public static async Task<IReadOnlyList<EventType>> EventTypesAsync(WorkflowHandle handle) =>
        [.. (await handle.FetchHistoryAsync()).Events.Select(e => e.EventType)];
}
