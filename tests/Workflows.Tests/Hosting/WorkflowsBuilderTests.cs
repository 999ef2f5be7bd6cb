using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Hosting;

/// <summary>What the builder refuses, and what it hands on.</summary>
public sealed class WorkflowsBuilderTests
{
    [Fact]
    public void AddWorkflows_WhenCalledTwice_SaysToKeepTheFirst()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.AddWorkflows();

        var problem = Assert.Throws<WorkflowsConfigurationException>(() => builder.AddWorkflows());

        Assert.Contains("keep what the first call returned", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddWorkflows_WhenTheApplicationHasAClient_SaysToRemoveIt()
    {
        var builder = Apps.Builder(Apps.InMemory);
        builder.Services.AddTemporalClient("elsewhere:7233");

        var problem = Assert.Throws<WorkflowsConfigurationException>(() => builder.AddWorkflows());

        Assert.Contains("ITemporalClient of its own", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddWorker_WhenTheQueueHasOne_SaysToAddToThat()
    {
        var workflows = Apps.Builder(Apps.InMemory).AddWorkflows();
        workflows.AddWorker("orders");

        var problem = Assert.Throws<WorkflowsConfigurationException>(() => workflows.AddWorker("orders"));

        Assert.StartsWith(
            "The task queue 'orders' has two workers in this application", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddWorker_WhenItHasNoQueue_SaysWhatToGive()
    {
        var workflows = Apps.Builder(Apps.InMemory).AddWorkflows();

        var problem = Assert.Throws<WorkflowsConfigurationException>(() => workflows.AddWorker(" "));

        Assert.Contains("no task queue", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddWorker_WhenVersionsDiffer_TakesBothOfAQueue()
    {
        var workflows = Apps.Builder(Apps.InMemory).AddWorkflows();

        workflows.AddWorker("orders", new WorkerDeploymentOptions(new WorkerDeploymentVersion("orders", "1"), true));
        workflows.AddWorker("orders", new WorkerDeploymentOptions(new WorkerDeploymentVersion("orders", "2"), true));

        Assert.Equal(["orders.1", "orders.2"], workflows.Declared<DeclaredWorker>().Select(worker => worker.Version));
    }

    [Fact]
    public void Client_WhenConfiguredInCode_KeepsWhatSettingsSaid()
    {
        var builder = Apps.Builder(
            new("Workflows:Profile", "Cluster"), new("Workflows:Address", "server:7233"),
            new("Workflows:ApiKey", "secret"));
        builder.AddWorkflows().ConfigureClient(client => client.Identity = "me");
        using var provider = builder.Services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<TemporalClientConnectOptions>>().Value;

        Assert.Equal(("server:7233", "secret", "me"), (options.TargetHost, options.ApiKey, options.Identity));
        Assert.False(options.Tls!.Disabled);
    }
}
