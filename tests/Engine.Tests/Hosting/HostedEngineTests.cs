using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Engine.Tests.Hosting;

public sealed class HostedEngineTests
{
    [Fact]
    public async Task Engine_WhenMappedIntoAnApplication_ServesFromItsEndpoints()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = null;
        });
        await using var app = builder.Build();
        app.MapWorkflowEngine();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<IWorkflowEngine>().Ready;

        var client = await TemporalClient.ConnectAsync(new(new Uri(app.Urls.Single()).Authority));
        var handle = await client.StartWorkflowAsync("t", [], new("mapped", "q"));

        Assert.Equal("mapped", (await handle.DescribeAsync()).Id);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task HttpApi_WhenMappedIntoAnApplication_ServesFromItsEndpoints()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = null;
        });
        await using var app = builder.Build();
        app.MapWorkflowEngineHttpApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var described = await http.GetStringAsync("/api/v1/namespaces/default", TestContext.Current.CancellationToken);

        Assert.Contains("\"name\":\"default\"", described, StringComparison.Ordinal);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Engine_WhenTheHostChecksItsServices_Starts()
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
        });
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(host.Services.GetRequiredService<IWorkflowEngine>().Address);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Engine_WhenConfigured_ReadsItsSectionAndCodeWins()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Engine:DatabasePath"] = WorkflowEngineOptions.InMemory,
            ["Engine:Port"] = "1",
            ["Engine:Namespaces:0"] = "orders",
            ["Engine:SearchAttributes"] = "Customer=Keyword, Amount=Double",
            ["Engine:Retention"] = "5.00:00:00",
            ["Engine:SuggestContinueAsNewAfterEvents"] = "3",
        });
        builder.Services.AddWorkflowEngine(options => options.Port = 0);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        using var raw = new RawEngine(host.Services.GetRequiredService<IWorkflowEngine>().Address!);
        var described = await raw.CallAsync<DescribeNamespaceResponse>(
            new DescribeNamespaceRequest { Namespace = "orders" });

        Assert.Equal(TimeSpan.FromDays(5), described.Config.WorkflowExecutionRetentionTtl.ToTimeSpan());
        Assert.Equal(["Amount", "Customer"], described.Config.CustomSearchAttributeAliases.Keys.Order());
        Assert.True(await SuggestsContinueAsNewAsync(raw), "The first task starts at event 3: that is long enough.");
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Engine_WhenNothingIsConfigured_LetsHistoriesGrow()
    {
        await using var engine = await EngineFixture.StartAsync(_ => { });
        using var raw = new RawEngine(engine.Address);

        Assert.False(await SuggestsContinueAsNewAsync(raw));
    }

    [Fact]
    public async Task Engine_WhenConfigurationHasMistakes_NamesThem()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Engine:Prot"] = "7233",
            ["Engine:HttpPort"] = "many",
            ["Engine:DrainTimeout"] = "soon",
            ["Engine:SuggestContinueAsNewAfterEvents"] = "few",
        });
        builder.Services.AddWorkflowEngine();
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<EngineStartException>(() => host.StartAsync());

        Assert.Contains("Engine:Prot is not an option.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Engine:HttpPort is 'many'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Engine:DrainTimeout is 'soon'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Engine:SuggestContinueAsNewAfterEvents is 'few'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhenPollsWait_EndsThemEmptyAndSoon()
    {
        var engine = await EngineFixture.StartAsync(_ => { });
        using var raw = new RawEngine(engine.Address);
        var poll = raw.CallAsync<PollWorkflowTaskQueueResponse>(
            new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = "q" } },
            TimeSpan.FromSeconds(60));
        await UntilPolledAsync(raw);

        await engine.DisposeAsync();

        Assert.Equal(new PollWorkflowTaskQueueResponse(), await poll);
    }

    [Fact]
    public async Task Engine_WhenStartedAgainOnItsFile_HasWhatItHad()
    {
        var directory = Directory.CreateTempSubdirectory("engine-again-");
        var file = Path.Combine(directory.FullName, "engine.db");
        try
        {
            await using (var first = await EngineFixture.StartAsync(options => options.DatabasePath = file))
            {
                await first.Client.StartWorkflowAsync("t", [], new("kept", "q"));
            }

            await using var second = await EngineFixture.StartAsync(options => options.DatabasePath = file);
            var description = await second.Client.GetWorkflowHandle("kept").DescribeAsync();

            Assert.Equal(Temporalio.Api.Enums.V1.WorkflowExecutionStatus.Running, description.Status);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>What the first workflow task of a new run is told.</summary>
    private static async Task<bool> SuggestsContinueAsNewAsync(RawEngine raw)
    {
        var queue = new TaskQueue { Name = "q" };
        await raw.CallAsync<StartWorkflowExecutionResponse>(new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "growing",
            WorkflowType = new WorkflowType { Name = "t" },
            TaskQueue = queue,
            RequestId = "start",
        });
        var task = await raw.CallAsync<PollWorkflowTaskQueueResponse>(
            new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = queue });
        return task.History.Events[^1].WorkflowTaskStartedEventAttributes.SuggestContinueAsNew;
    }

    private static async Task UntilPolledAsync(RawEngine raw)
    {
        var request = new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = "q" } };
        while ((await raw.CallAsync<DescribeTaskQueueResponse>(request)).Pollers.Count == 0)
        {
            await Task.Yield();
        }
    }
}
