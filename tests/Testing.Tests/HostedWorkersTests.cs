using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Tests;

/// <summary>An application's worker, as the application declares it, on a test's engine.</summary>
public sealed class HostedWorkersTests
{
    [Fact]
    public async Task Worker_WhenItIsAnApplications_RunsWithTheApplicationsServices()
    {
        using var application = Build();
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkerOf(application.Services, "orders"));

        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));

        Assert.Equal("receipt of o-1", await order.GetResultAsync());
        Assert.Equal(["charged o-1", "shipped o-1"], application.Services.GetRequiredService<Shop>().Did);
    }

    [Fact]
    public async Task Worker_WhenItIsAnApplications_HasItsInterceptorsAroundFakes()
    {
        using var application = Build();
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkerOf(application.Services, "orders"));
        test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Throws(new UnauthorizedAccessException("closed"));

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => test.ExecuteWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1")));

        Assert.Equal(ErrorKind.Unauthorized, WorkflowError.From(failure).Kind);
    }

    [Theory]
    [InlineData("invoices", null, "no worker on 'invoices'")]
    [InlineData("orders", "shop.2", "no worker on 'orders' of version 'shop.2'")]
    [InlineData("returns", null, "several workers on 'returns'")]
    public void Worker_WhenTheApplicationHasNoneOrSeveral_SaysWhichThereAre(string queue, string? version, string text)
    {
        using var application = Build();

        var misuse = Assert.Throws<WorkflowTestException>(
            () => new TemporalWorkerOptions().AddWorkerOf(application.Services, queue, version));

        Assert.Contains(
            $"{text}. It has: 'orders', 'returns' (shop.1), 'returns' (shop.2).", misuse.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Worker_WhenItsVersionIsNamed_IsFound()
    {
        using var application = Build();
        var options = new TemporalWorkerOptions().AddWorkerOf(application.Services, "returns", "shop.2");

        Assert.Equal("OrderWorkflow", Assert.Single(options.Workflows).Name);
    }

    private static IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Workflows:File", ":memory:"), new("Workflows:Profile", "Embedded")]);
        var workflows = builder.AddWorkflows();
        workflows.AddWorker("orders").AddWorkflow<OrderWorkflow>().AddSingletonActivities<Shop>().UseErrorTranslation();
        foreach (var version in (string[])["1", "2"])
        {
            workflows.AddWorker("returns", new(new WorkerDeploymentVersion("shop", version), true)).AddWorkflow<OrderWorkflow>();
        }

        return builder.Build();
    }
}
