using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>Whole hosts: the engine in the process, behind an address, and what goes wrong.</summary>
public sealed class WorkflowsHostTests
{
    private readonly string _queue = $"queue-{Guid.NewGuid()}";

    [Fact]
    public async Task Host_WhenMovedByConfigurationAlone_RunsTheSameWorkflowBehindAnAddress()
    {
        await using var server = await EngineEnvironment.StartAsync();
        Dictionary<string, string?> settings = new(Apps.InMemory) { ["Workflows:Address"] = server.Address };

        using (var embedded = Apps.Greeting(_queue, settings))
        {
            await embedded.StartAsync();
            Assert.Equal("Hello, engine", await embedded.GreetAsync(_queue, "engine"));
            Assert.NotEqual(server.Address, embedded.Client().Connection.Options.TargetHost);
            await embedded.StopAsync();
        }

        using var moved = Apps.Greeting(
            _queue, new Dictionary<string, string?>(settings) { ["Workflows:Profile"] = "Cluster" });
        await moved.StartAsync();
        Assert.Equal("Hello, cluster", await moved.GreetAsync(_queue, "cluster"));
        Assert.Equal(server.Address, moved.Client().Connection.Options.TargetHost);
        Assert.Null(moved.Services.GetService<IWorkflowEngine>());
        var there = new List<WorkflowExecution>();
        await foreach (var execution in server.Client.ListWorkflowsAsync($"TaskQueue = '{_queue}'"))
        {
            there.Add(execution);
        }

        Assert.Single(there);
        await moved.StopAsync();
    }

    [Fact]
    public async Task Host_WhenItStartsItsServicesSideBySide_HasWorkersThatWaitForTheEngine()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        builder.Services.AddScoped<Greeter>();
        builder.AddWorkflows().AddWorker(_queue)
            .AddWorkflow<GreetingWorkflow>().AddScopedActivities<GreetingActivities>();
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Equal("Hello, you", await host.GreetAsync(_queue, "you"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_WhenItHasAFileAndANamespace_FindsItsWorkflowsAgain()
    {
        var folder = Directory.CreateTempSubdirectory("aos-hosting-");
        try
        {
            Dictionary<string, string?> settings = new(Apps.InMemory)
            {
                ["Workflows:File"] = Path.Combine(folder.FullName, "aos.db"),
                ["Workflows:Namespace"] = "orders",
            };
            using (var first = Apps.Greeting(_queue, settings))
            {
                await first.StartAsync();
                await first.Client().ExecuteWorkflowAsync(
                    (GreetingWorkflow workflow) => workflow.RunAsync("file"), new("kept", _queue));
                await first.StopAsync();
            }

            using var second = Apps.Greeting(_queue, settings);
            await second.StartAsync();

            var kept = second.Client().GetWorkflowHandle<GreetingWorkflow, string>("kept");
            Assert.Equal("Hello, file", await kept.GetResultAsync());
            Assert.Equal("orders", second.Client().Options.Namespace);
            await second.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Host_WhenAnotherEngineHasItsFile_FailsItsStartWithTheEnginesAdvice()
    {
        var folder = Directory.CreateTempSubdirectory("aos-hosting-");
        try
        {
            Dictionary<string, string?> settings = new(Apps.InMemory)
            {
                ["Workflows:File"] = Path.Combine(folder.FullName, "aos.db"),
            };
            using var first = Apps.Greeting(_queue, settings);
            await first.StartAsync();
            using var second = Apps.Greeting(_queue, settings);

            var problem = await Assert.ThrowsAsync<EngineStartException>(() => second.StartAsync());

            Assert.Contains("aos.db", problem.Message, StringComparison.Ordinal);
            await first.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Host_WhenTheEngineOpensNoPort_SaysThatWorkersNeedOne()
    {
        using var host = Apps.Greeting(_queue, new Dictionary<string, string?>(Apps.InMemory) { ["Engine:Port"] = "" });

        var problem = await Assert.ThrowsAsync<WorkflowsConfigurationException>(() => host.StartAsync());

        Assert.StartsWith("Engine:Port is empty", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_WhenConfiguredInCode_HasTheOptions()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.AddWorkflows().ConfigureEngine(options => options.MetricsPort = 0);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.NotNull(host.Services.GetRequiredService<IWorkflowEngine>().MetricsAddress);
        await host.StopAsync();
    }

    [Fact]
    public async Task Client_WhenAnEngineListensOnEveryAddress_ConnectsToThisMachine()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.AddWorkflows().ConfigureEngine(options =>
        {
            options.Ip = "0.0.0.0";
            options.Access.AllowUnauthenticated = true;
        });
        using var host = builder.Build();

        await host.StartAsync();

        Assert.StartsWith("127.0.0.1:", host.Client().Connection.Options.TargetHost, StringComparison.Ordinal);
        Assert.True(await host.Client().Connection.CheckHealthAsync());
        await host.StopAsync();
    }
}
