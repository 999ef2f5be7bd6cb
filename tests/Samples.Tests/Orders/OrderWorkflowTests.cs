using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Orchestrated;
using AugmentedOS.Samples.Orders.Services;
using AugmentedOS.Testing;
using AugmentedOS.Testing.Histories;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Samples.Tests.Orders;

/// <summary>What only a workflow can run into: several things in one task.</summary>
public sealed class OrderWorkflowTests
{
    [Fact]
    [Trait("Failure path", "the shipment is confirmed in the moment of the abort (workflow only)")]
    public async Task Shipment_WhenItIsConfirmedInTheMomentOfTheAbort_Counts()
    {
        var services = new OrderServices();
        services.Fill("lamp", 1);
        await using var test = await WorkflowTest.StartAsync(worker => OrchestratedOrders.Configure(worker, services));
        var order = await test.StartWorkflowAsync(
            (OrderWorkflow workflow) => workflow.RunAsync(new("4711", "lamp", 1, 40)));
        await test.DelayAsync(TimeSpan.FromHours(49));
        var timers = 0;
        await test.WaitForAsync(order, HistoryStep.Where(
            "the timer of the abort", e => e.TimerStartedEventAttributes is not null && ++timers == 3));

        await test.StopWorkerAsync();
        await test.DelayAsync(TimeSpan.FromHours(24));
        var confirming = order.ExecuteUpdateAsync(workflow => workflow.ConfirmShipmentAsync("1Z"), new("confirmation"));
        await AdmittedAsync(test.Client, order.Id, "confirmation");
        await test.StartWorkerAsync();

        Assert.True(await confirming);
        Assert.Equal(OrderStatus.Shipped, await order.GetResultAsync());
    }

    /// <summary>Waits until the engine has the update, which no worker has yet.</summary>
    private static async Task AdmittedAsync(ITemporalClient client, string workflowId, string updateId)
    {
        while (true)
        {
            try
            {
                await client.WorkflowService.PollWorkflowExecutionUpdateAsync(new PollWorkflowExecutionUpdateRequest
                {
                    Namespace = client.Options.Namespace,
                    UpdateRef = new() { WorkflowExecution = new() { WorkflowId = workflowId }, UpdateId = updateId },
                });
                return;
            }
            catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
            {
                // Not yet.
            }
        }
    }
}
