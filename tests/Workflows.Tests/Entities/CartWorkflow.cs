using AugmentedOS.Workflows.Entities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>A cart: products are put into it until it is checked out.</summary>
[Workflow]
public sealed class CartWorkflow
{
    public sealed record Cart(IReadOnlyList<string> Products);

    public sealed record Settings(int MessagesPerRun = 3, int Remembered = 1_000, TimeSpan? Idle = null);

    private readonly Entity<Cart> _cart;
    private readonly bool _isNew;

    [WorkflowInit]
    public CartWorkflow(Settings settings, EntitySnapshot<Cart>? snapshot = null)
    {
        _isNew = snapshot is null;
        _cart = new(snapshot, new([]), new()
        {
            MessagesPerRun = settings.MessagesPerRun,
            RememberedMessages = settings.Remembered,
            IdleAfter = settings.Idle,
        });
    }

    [WorkflowRun]
    public Task<Cart> RunAsync(Settings settings, EntitySnapshot<Cart>? snapshot = null) => _cart.RunAsync(
        next => Workflow.CreateContinueAsNewException((CartWorkflow workflow) => workflow.RunAsync(settings, next)));

    [WorkflowSignal]
    public Task AddAsync(string id, string product) =>
        _cart.HandleAsync(id, cart => new([.. cart.Products, product]));

    /// <summary>Takes a day, and fails for what is not to be had.</summary>
    [WorkflowUpdate]
    public Task<bool> OrderAsync(string id, string product) => _cart.HandleAsync(id, async () =>
    {
        await Workflow.DelayAsync(TimeSpan.FromDays(1));
        _cart.State = product == "moon"
            ? throw AugmentedOS.Workflows.Errors.Fail.BusinessRule("no moon in stock")
            : new([.. _cart.State.Products, product]);
    });

    [WorkflowUpdate]
    public Task<long> CheckOutAsync()
    {
        _cart.End();
        return Task.FromResult(_cart.Handled);
    }

    [WorkflowQuery]
    public Cart Content() => _cart.State;

    [WorkflowQuery]
    public bool IsFirstRun() => _isNew;
}
