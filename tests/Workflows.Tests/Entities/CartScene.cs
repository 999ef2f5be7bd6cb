using AugmentedOS.Testing;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>One cart on an engine of its own, in skipped time; each of its runs is replayed at the end.</summary>
internal static class CartScene
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task PlayAsync(
        CartWorkflow.Settings settings,
        Func<WorkflowTest, WorkflowHandle<CartWorkflow, CartWorkflow.Cart>, Task> then,
        WorkflowTestOptions? options = null)
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<CartWorkflow>(), options);
        var cart = await test.StartWorkflowAsync((CartWorkflow workflow) => workflow.RunAsync(settings, null), new() { Id = "cart" });
        await then(test, cart).WaitAsync(Patience);
    }

    public static async Task AddAsync(this WorkflowHandle<CartWorkflow, CartWorkflow.Cart> cart, params IEnumerable<string> messages)
    {
        foreach (var message in messages)
        {
            await cart.SignalAsync(workflow => workflow.AddAsync(message, message));
        }
    }

    /// <summary>An update that is under way when signals keep the entity from continuing as new gets lost, as on a Temporal server: its
    /// sender repeats it.</summary>
    public static async Task<bool> PutAsync(
        this WorkflowHandle<CartWorkflow, CartWorkflow.Cart> cart, string message, string? product = null)
    {
        while (true)
        {
            try
            {
                return await cart.ExecuteUpdateAsync(workflow => workflow.PutAsync(message, product ?? message));
            }
            catch (RpcException lost) when (lost.Code is RpcException.StatusCode.FailedPrecondition)
            {
                // Nobody knows of it any more.
            }
        }
    }

    public static async Task<IReadOnlyList<string>> CheckOutAsync(this WorkflowHandle<CartWorkflow, CartWorkflow.Cart> cart)
    {
        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());
        return (await cart.GetResultAsync()).Products;
    }

    public static Task<WorkflowUpdateHandle<bool>> OrderAsync(
        this WorkflowHandle<CartWorkflow, CartWorkflow.Cart> cart, string id, string product) => cart.StartUpdateAsync(
        workflow => workflow.OrderAsync(id, product), new(WorkflowUpdateStage.Accepted));
}
