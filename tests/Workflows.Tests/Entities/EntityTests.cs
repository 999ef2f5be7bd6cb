using AugmentedOS.Workflows.Entities;
using AugmentedOS.Workflows.Errors;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>Entities through the official SDK, in skipped time; each run is replayed at the end.</summary>
public sealed class EntityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Entity_WhenManyMessagesCome_ContinuesAsNewAndLosesNone() => await PlayAsync(new(), async (_, cart) =>
    {
        for (var number = 0; number < 10; number++)
        {
            await cart.SignalAsync(workflow => workflow.AddAsync($"m{number}", $"p{number}"));
        }

        var isFirstRun = true;
        for (var end = DateTime.UtcNow + Patience; isFirstRun && DateTime.UtcNow < end;)
        {
            isFirstRun = await cart.QueryAsync(workflow => workflow.IsFirstRun());
        }

        Assert.False(isFirstRun);
        Assert.Equal(10, await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync()));
        var content = await cart.GetResultAsync();
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"p{number}"), content.Products);
    });

    [Fact]
    public async Task Message_WhenItIsRepeated_IsHandledOnceAcrossRuns() => await PlayAsync(new(), async (_, cart) =>
    {
        foreach (var id in (string[])["a", "a", "b", "c", "d", "a"])
        {
            await cart.SignalAsync(workflow => workflow.AddAsync(id, id));
        }

        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());
        Assert.Equal(["a", "b", "c", "d"], (await cart.GetResultAsync()).Products);
    });

    [Fact]
    public async Task Message_WhenItsIdIsForgotten_IsHandledAgain() => await PlayAsync(new(Remembered: 2), async (_, cart) =>
    {
        foreach (var id in (string[])["a", "b", "c", "c", "a"])
        {
            await cart.SignalAsync(workflow => workflow.AddAsync(id, id));
        }

        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());
        Assert.Equal(["a", "b", "c", "a"], (await cart.GetResultAsync()).Products);
    });

    [Fact]
    public async Task Message_WhenItsHandlingFails_CountsAsNotHandled() => await PlayAsync(new(), async (scene, cart) =>
    {
        var refused = await cart.StartUpdateAsync(
            workflow => workflow.OrderAsync("a", "moon"), new(WorkflowUpdateStage.Accepted));
        var repeated = await cart.StartUpdateAsync(
            workflow => workflow.OrderAsync("a", "lamp"), new(WorkflowUpdateStage.Accepted));
        var again = await cart.StartUpdateAsync(
            workflow => workflow.OrderAsync("a", "lamp"), new(WorkflowUpdateStage.Accepted));
        await scene.Environment.DelayAsync(TimeSpan.FromDays(3));

        var failure = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => refused.GetResultAsync());
        Assert.Equal(ErrorKind.BusinessRule, WorkflowError.From(failure).Kind);
        Assert.True(await repeated.GetResultAsync());
        Assert.False(await again.GetResultAsync());

        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());
        Assert.Equal(["lamp"], (await cart.GetResultAsync()).Products);
    });

    [Fact]
    public async Task Entity_WhenItEndsWhileMessagesAreUnderWay_HandlesThemInTheirOrder() => await PlayAsync(new(), async (_, cart) =>
    {
        // Each takes a day, and the second waits for the first.
        var first = await cart.StartUpdateAsync(
            workflow => workflow.OrderAsync("a", "lamp"), new(WorkflowUpdateStage.Accepted));
        var second = await cart.StartUpdateAsync(
            workflow => workflow.OrderAsync("b", "chair"), new(WorkflowUpdateStage.Accepted));
        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());

        Assert.Equal(["lamp", "chair"], (await cart.GetResultAsync()).Products);
        Assert.True(await first.GetResultAsync());
        Assert.True(await second.GetResultAsync());
    });

    [Fact]
    public async Task Entity_WhenItIsIdle_ContinuesAsNewWithItsState() => await PlayAsync(
        new(MessagesPerRun: 100, Idle: TimeSpan.FromHours(1)),
        async (scene, cart) =>
        {
            await cart.SignalAsync(workflow => workflow.AddAsync("a", "lamp"));
            await scene.Environment.DelayAsync(TimeSpan.FromHours(2));

            var latest = scene.Client.GetWorkflowHandle<CartWorkflow, CartWorkflow.Cart>(cart.Id);
            Assert.False(await latest.QueryAsync(workflow => workflow.IsFirstRun()));
            Assert.Equal(["lamp"], (await latest.QueryAsync(workflow => workflow.Content())).Products);
            var second = (await latest.DescribeAsync()).RunId;

            // Without a message there is nothing to shorten.
            await scene.Environment.DelayAsync(TimeSpan.FromDays(2));
            Assert.Equal(second, (await latest.DescribeAsync()).RunId);
            await latest.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());
            await latest.GetResultAsync();
        });

    [Fact]
    public void Entity_WhenItIsMadeOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow", Assert.Throws<InvalidOperationException>(() => new Entity<int>(null, 0)).Message, StringComparison.Ordinal);

    private static Task PlayAsync(
        CartWorkflow.Settings settings, Func<Scene, WorkflowHandle<CartWorkflow, CartWorkflow.Cart>, Task> then) => Scene.PlayAsync(
        worker => worker.AddWorkflow<CartWorkflow>(),
        async scene => await then(scene, await scene.Client.StartWorkflowAsync(
            (CartWorkflow workflow) => workflow.RunAsync(settings, null), scene.Options("cart"))));
}
