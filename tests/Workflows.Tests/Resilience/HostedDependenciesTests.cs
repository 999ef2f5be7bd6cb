using System.Net;
using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Exceptions;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>Error translation and dependencies on workers that a host runs.</summary>
public sealed class HostedDependenciesTests
{
    [Fact]
    public async Task Worker_WhenAHostRunsIt_TranslatesAndUsesTheApplicationsDependencies()
    {
        await using var env = await EngineEnvironment.StartAsync();
        var bank = new BankActivities(_ => new HttpRequestException("down", null, HttpStatusCode.ServiceUnavailable));
        using var host = Host(env, bank, services => services
            .AddSingleton<TimeProvider>(new SkippedClock(env))
            .AddDependencies(
                dependencies => dependencies.Add("fees").Add("bank", options => options.MinimumCalls = 2)));
        await host.StartAsync(TestContext.Current.CancellationToken);

        var handle = await env.Client.StartWorkflowAsync(
            (PayWorkflow workflow) => workflow.RunAsync(3), new("pay", "pay"));
        var error = WorkflowError.From(
            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync()));

        Assert.Equal((ErrorKind.DependencyDown, "circuit-open", 2), (error.Kind, error.Code, bank.Calls));
        Assert.Equal(CircuitHealth.Open, host.Services.GetRequiredService<Dependencies>().Health("bank"));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Host_WhenAnActivityNamesAnUnknownDependency_DoesNotStart()
    {
        await using var env = await EngineEnvironment.StartAsync();
        using var host = Host(
            env, new((int _) => null), services => services.AddDependencies(dependencies => dependencies.Add("fees")));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("depends on \"bank\", which was not added", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_WhenItHasNoDependencies_IsToldToAddThem()
    {
        await using var env = await EngineEnvironment.StartAsync();
        using var host = Host(env, new((int _) => null), _ => { });

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("call services.AddDependencies", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_WhenDependenciesAreAddedTwice_AreToldToAddThemOnce()
    {
        var services = new ServiceCollection().AddDependencies(_ => { });

        Assert.Contains(
            "in one call",
            Assert.Throws<InvalidOperationException>(() => services.AddDependencies(_ => { })).Message,
            StringComparison.Ordinal);
    }

    private static IHost Host(EngineEnvironment env, BankActivities bank, Action<IServiceCollection> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        configure(builder.Services);
        builder.Services.AddSingleton(bank);
        builder.Services.AddHostedTemporalWorker(env.Address, "default", "pay")
            .AddWorkflow<PayWorkflow>().AddSingletonActivities<BankActivities>().UseErrorTranslation()
                .UseDependencies();
        return builder.Build();
    }
}
