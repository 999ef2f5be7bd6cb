using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Entities;
using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>What an entity does with its messages.</summary>
public sealed class EntityTests
{
    [Fact]
    public Task Message_WhenItIsRepeated_IsHandledOnceAcrossRuns() => CartScene.PlayAsync(new(), async (_, cart) =>
    {
        await cart.AddAsync("a", "a");
        foreach (var message in (string[])["b", "c", "d", "e"])
        {
            Assert.True(await cart.PutAsync(message));
        }

        Assert.False(await cart.QueryAsync(workflow => workflow.IsFirstRun()));
        Assert.False(await cart.PutAsync("a"));
        Assert.Equal(["a", "b", "c", "d", "e"], await cart.CheckOutAsync());
    });

    [Fact]
    public Task Message_WhenItsIdIsForgotten_IsHandledAgain() => CartScene.PlayAsync(new(Remembered: 2), async (_, cart) =>
    {
        await cart.AddAsync("a", "b", "c", "c", "a");

        Assert.Equal(["a", "b", "c", "a"], await cart.CheckOutAsync());
    });

    [Fact]
    public Task Message_WhenItsBusDeliversTwice_IsHandledOnce() => CartScene.PlayAsync(new(), async (test, cart) =>
    {
        test.DeliverTwice((CartWorkflow workflow) => workflow.AddAsync(default!, default!));
        await cart.AddAsync("a", "b", "c", "d", "e");

        Assert.Equal(["a", "b", "c", "d", "e"], await cart.CheckOutAsync());
    });

    [Fact]
    public Task Update_WhenItsHandlingFails_TellsItsSenderAndCountsAsNotHandled() => CartScene.PlayAsync(new(), async (test, cart) =>
    {
        var refused = await cart.OrderAsync("a", "moon");
        var repeated = await cart.OrderAsync("a", "lamp");
        var again = await cart.OrderAsync("a", "lamp");
        await test.DelayAsync(TimeSpan.FromDays(3));

        var failure = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => refused.GetResultAsync());
        Assert.Equal(ErrorKind.BusinessRule, WorkflowError.From(failure).Kind);
        Assert.True(await repeated.GetResultAsync());
        Assert.False(await again.GetResultAsync());
        Assert.Empty(await cart.QueryAsync(workflow => workflow.Failures()));
        Assert.Equal(["lamp"], await cart.CheckOutAsync());
    });

    [Fact]
    public Task Signal_WhenItsHandlingFails_IsSetAsideAndTheEntityLivesOn() => CartScene.PlayAsync(new(), async (test, cart) =>
    {
        await cart.SignalAsync(workflow => workflow.AddAsync("a", "moon"));
        await cart.AddAsync("b", "c", "d", "e");

        // In a later run.
        Assert.True(await cart.ExecuteUpdateAsync(workflow => workflow.PutAsync("a", "lamp")));
        var failure = Assert.Single(await cart.QueryAsync(workflow => workflow.Failures()));
        Assert.Equal(("a", "no moon in stock"), (failure.MessageId, failure.Reason));
        Assert.InRange(await test.GetCurrentTimeAsync() - failure.At, TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Equal(["b", "c", "d", "e", "lamp"], await cart.CheckOutAsync());
    });

    [Fact]
    public Task Signal_WhenManyFail_TheLastTwentyAreKept() => CartScene.PlayAsync(new(MessagesPerRun: 10), async (_, cart) =>
    {
        for (var number = 0; number < 25; number++)
        {
            await cart.SignalAsync(workflow => workflow.AddAsync($"m{number}", "moon"));
        }

        Assert.Empty(await cart.CheckOutAsync());
        Assert.Equal(
            Enumerable.Range(5, 20).Select(number => $"m{number}"),
            (await cart.QueryAsync(workflow => workflow.Failures())).Select(failure => failure.MessageId));
    });

    [Fact]
    public Task Update_WhenItsValidatorRefuses_LeavesNothing() => CartScene.PlayAsync(new(), async (_, cart) =>
    {
        var failure = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => cart.ExecuteUpdateAsync(workflow => workflow.OrderAsync("a", "")));
        Assert.Equal((ErrorKind.InvalidInput, "a product has a name"), WorkflowError.From(failure) is var error
            ? (error.Kind, error.Message)
            : default);
        (await cart.FetchHistoryAsync()).Should().HaveNo(HistoryStep.Update("Order"));
        Assert.Equal(0, await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync()));
    });

    [Fact]
    public Task Entity_WhenItEndsWhileMessagesAreUnderWay_HandlesThemInTheirOrder() => CartScene.PlayAsync(new(), async (_, cart) =>
    {
        // Each takes a day, and the second waits for the first.
        var first = await cart.OrderAsync("a", "lamp");
        var second = await cart.OrderAsync("b", "chair");
        await cart.AddAsync("c");
        await cart.ExecuteUpdateAsync(workflow => workflow.CheckOutAsync());

        // A validator sees that it is over, and the state as it is in between.
        var refused = await cart.OrderAsync("d", "table");
        var late = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => refused.GetResultAsync());
        Assert.Equal(ErrorKind.Conflict, WorkflowError.From(late).Kind);
        Assert.Equal(["lamp", "chair", "c"], (await cart.GetResultAsync()).Products);
        Assert.True(await first.GetResultAsync());
        Assert.True(await second.GetResultAsync());
    });

    [Fact]
    public Task Entity_WhenItIsCancelled_EndsWithWhatIsUnderWay() => CartScene.PlayAsync(new(), async (_, cart) =>
    {
        await cart.AddAsync("a");
        await cart.OrderAsync("b", "lamp");
        await cart.CancelAsync();

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => cart.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        Assert.Equal(["a"], (await cart.QueryAsync(workflow => workflow.Content())).Products);
    });

    [Fact]
    public void Entity_WhenItIsMadeOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow", Assert.Throws<InvalidOperationException>(() => new Entity<int>(null, 0)).Message, StringComparison.Ordinal);
}
