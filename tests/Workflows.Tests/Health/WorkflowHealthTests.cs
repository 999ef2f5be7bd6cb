using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Health;
using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Health;

/// <summary>What a host's health report says of its workflows.</summary>
public sealed class WorkflowHealthTests
{
    private readonly string _queue = $"queue-{Guid.NewGuid()}";

    [Fact]
    public async Task Report_WhenAllIsWell_IsHealthyOnceTheWorkerPolls()
    {
        using var host = Host(Apps.InMemory);
        await host.StartAsync();

        // The workflow has been through the worker, which therefore polls for both kinds of tasks.
        await host.GreetAsync(_queue, "you");
        var report = await ReportAsync(host);

        Assert.Equal(
            ["workflows-connection", "workflows-engine", "workflows-workers"],
            report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            report.Entries, entry => Assert.Equal((entry.Key, HealthStatus.Healthy), (entry.Key, entry.Value.Status)));
        Assert.All(report.Entries, entry => Assert.Contains(WorkflowHealthChecks.Tag, entry.Value.Tags));
        await host.StopAsync();
    }

    [Fact]
    public async Task Connection_WhenTheNamespaceIsMissing_SaysSo()
    {
        await using var server = await EngineEnvironment.StartAsync();
        using var host = Host(
            new() { ["Workflows:Address"] = server.Address, ["Workflows:Namespace"] = "nowhere" }, withWorker: false);
        await host.StartAsync();

        var entry = (await ReportAsync(host)).Entries[WorkflowHealthChecks.Connection];

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal($"The server at {server.Address} has no namespace 'nowhere'.", entry.Description);
        await host.StopAsync();
    }

    [Fact]
    public async Task Connection_WhenNobodyListens_IsUnhealthyAndNamesTheAddress()
    {
        string gone;
        await using (var server = await EngineEnvironment.StartAsync())
        {
            gone = server.Address;
        }

        using var host = Host(new() { ["Workflows:Address"] = gone }, withWorker: false);
        await host.StartAsync();

        var report = await ReportAsync(host);

        Assert.Equal(
            [WorkflowHealthChecks.Connection, WorkflowHealthChecks.Workers],
            report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HealthStatus.Unhealthy, report.Entries[WorkflowHealthChecks.Connection].Status);
        Assert.StartsWith(
            $"No workflow server answers at {gone}: ",
            report.Entries[WorkflowHealthChecks.Connection].Description,
            StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task Workers_WhenTheServerSeesNoPoll_NameTheQueueAndTheKindOfTask()
    {
        using var host = Host(
            Apps.InMemory, configure: services => services.AddSingleton<IWorkerPolls>(new OnlyOthersPoll()));
        await host.StartAsync();

        var entry = (await ReportAsync(host)).Entries[WorkflowHealthChecks.Workers];

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal(
            $"the worker on {_queue} does not poll for workflow tasks (others do: 1@elsewhere); "
            + $"the worker on {_queue} does not poll for activity tasks",
            entry.Description);
        await host.StopAsync();
    }

    [Fact]
    public async Task Workers_WhenTheyHaveStopped_AreUnhealthy()
    {
        using var host = Host(Apps.InMemory);
        await host.StartAsync();
        var worker = host.Services.GetServices<IHostedService>().OfType<HostedWorker>().Single();

        await worker.StopAsync(CancellationToken.None);
        var entry = (await ReportAsync(host)).Entries[WorkflowHealthChecks.Workers];

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains($"the worker on {_queue} does not run", entry.Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Theory]
    [InlineData(10L << 30, HealthStatus.Healthy, "")]
    [InlineData(500L << 20, HealthStatus.Degraded, "500 MiB are left on the disk of")]
    [InlineData(10L << 20, HealthStatus.Unhealthy, "10 MiB are left on the disk of")]
    public async Task Engine_WhenItsDiskFills_SaysHowMuchIsLeft(long free, HealthStatus status, string said)
    {
        var folder = Directory.CreateTempSubdirectory("aos-health-");
        try
        {
            Dictionary<string, string?> settings = new(Apps.InMemory)
            {
                ["Workflows:File"] = Path.Combine(folder.FullName, "aos.db"),
            };
            using var host = Host(settings, configure: services => services.AddSingleton<IDisk>(new DiskOf(free)));
            await host.StartAsync();

            var entry = (await ReportAsync(host)).Entries[WorkflowHealthChecks.Engine];

            Assert.Equal(status, entry.Status);
            Assert.Contains(said, entry.Description, StringComparison.Ordinal);
            Assert.Equal(free, entry.Data["freeBytes"]);
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void AddWorkflows_WhenTheApplicationHasNone_SaysToAddThemFirst()
    {
        var builder = Apps.Builder();

        var problem = Assert.Throws<WorkflowsConfigurationException>(
            () => builder.Services.AddHealthChecks().AddWorkflows());

        Assert.Contains("call builder.AddWorkflows() first", problem.Message, StringComparison.Ordinal);
    }

    private static Task<HealthReport> ReportAsync(IHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private IHost Host(
        Dictionary<string, string?> settings, bool withWorker = true, Action<IServiceCollection>? configure = null)
    {
        var builder = Apps.Builder(settings);
        builder.Services.AddScoped<Greeter>();
        configure?.Invoke(builder.Services);
        var workflows = builder.AddWorkflows();
        if (withWorker)
        {
            workflows.AddWorker(_queue).AddWorkflow<GreetingWorkflow>().AddScopedActivities<GreetingActivities>();
        }

        // The machine that runs tests may stall for longer than a check may take in production.
        builder.Services.AddHealthChecks().AddWorkflows(options =>
        {
            options.Timeout = TimeSpan.FromSeconds(30);
            options.TimerLagDegraded = TimeSpan.FromMinutes(1);
            options.TimerLagUnhealthy = TimeSpan.FromMinutes(2);
        });
        return builder.Build();
    }

    private sealed class OnlyOthersPoll : IWorkerPolls
    {
        public Task<IReadOnlyCollection<string>> IdentitiesAsync(
            string taskQueue, TaskQueueType type, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyCollection<string>>(type == TaskQueueType.Workflow ? ["1@elsewhere"] : []);
    }

    private sealed class DiskOf(long free) : IDisk
    {
        public long FreeNextTo(string file) => free;
    }
}
