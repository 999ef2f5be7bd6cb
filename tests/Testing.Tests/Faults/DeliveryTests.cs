namespace AugmentedOS.Testing.Tests.Faults;

/// <summary>What arrives twice.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Signal_WhenItIsDeliveredTwice_ArrivesTwice()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        test.DeliverTwice((OrderWorkflow workflow) => workflow.ApproveAsync(default!));
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));

        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));
        await order.GetResultAsync();

        Assert.Equal(2, await order.QueryAsync(workflow => workflow.Approvals()));
    }

    [Fact]
    public async Task Start_WhenItsSignalIsDeliveredTwice_StartsOneWorkflow()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));
        test.DeliverTwice("Approve");
        var options = new Temporalio.Client.WorkflowOptions();
        options.SignalWithStart((OrderWorkflow workflow) => workflow.ApproveAsync("lead"));

        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"), options);
        await order.GetResultAsync();

        Assert.Equal(2, await order.QueryAsync(workflow => workflow.Approvals()));
        Assert.Single(await test.ListWorkflowsAsync());
    }

    [Fact]
    public async Task Expression_WhenItCallsNoSignal_SaysWhatToWrite()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<OrderWorkflow>());

        var failure = Assert.Throws<WorkflowTestException>(
            () => test.DeliverTwice((OrderWorkflow workflow) => workflow.ThinkAsync(default)));

        Assert.Contains("calls no signal of OrderWorkflow", failure.Message);
    }
}
