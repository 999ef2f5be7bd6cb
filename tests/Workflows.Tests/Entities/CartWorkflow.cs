using AugmentedOS.Workflows.Entities;
using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>A cart: products are put into it until it is checked out. There is no moon to be had.</summary>
[Workflow]
public sealed class CartWorkflow
{
    public sealed record Cart(IReadOnlyList<string> Products);

    public sealed record Settings(
        int MessagesPerRun = 3,
        int Remembered = 1_000,
        TimeSpan? Idle = null,
        TimeSpan? End = null,
        int MaxBytes = 1_500_000);

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
            EndAfter = settings.End,
            MaxSnapshotBytes = settings.MaxBytes,
        });
    }

    [WorkflowRun]
    public Task<Cart> RunAsync(Settings settings, EntitySnapshot<Cart>? snapshot = null) => _cart.RunAsync(
        next => Workflow.CreateContinueAsNewException((CartWorkflow workflow) => workflow.RunAsync(settings, next)));

    [WorkflowSignal]
    public Task AddAsync(string id, string product) => _cart.HandleAsync(id, cart => With(cart, product));

    /// <summary>Takes a day, after which it is known what is not to be had.</summary>
    [WorkflowUpdate]
    public Task<bool> OrderAsync(string id, string product) => _cart.HandleAsync(id, async () =>
    {
        _cart.State = new([.. _cart.State.Products, product]);
        await Workflow.DelayAsync(TimeSpan.FromDays(1));
        if (product == "moon")
        {
            throw Fail.BusinessRule("no moon in stock");
        }
    });

    [WorkflowUpdateValidator(nameof(OrderAsync))]
    public void CheckOrder(string id, string product)
    {
        if (_cart.IsEnded)
        {
            throw Fail.Conflict($"the cart with {_cart.State.Products.Count} products is checked out");
        }

        if (product.Length == 0)
        {
            throw Fail.InvalidInput("a product has a name");
        }
    }

    [WorkflowUpdate]
    public Task<bool> PutAsync(string id, string product) => _cart.HandleAsync(id, cart => With(cart, product));

    /// <summary>A mistake: a message inside of a message.</summary>
    [WorkflowUpdate]
    public Task<bool> PutBothAsync(string id, string product) => _cart.HandleAsync(id, () => PutAsync($"{id}-too", product));

    [WorkflowUpdate]
    public Task<long> CheckOutAsync()
    {
        _cart.End();
        return Task.FromResult(_cart.Handled);
    }

    [WorkflowQuery]
    public Cart Content() => _cart.State;

    [WorkflowQuery]
    public IReadOnlyList<EntityFailure> Failures() => _cart.Failures;

    [WorkflowQuery]
    public bool IsExpired() => _cart.IsExpired;

    [WorkflowQuery]
    public bool IsFirstRun() => _isNew;

    private static Cart With(Cart cart, string product) =>
        product == "moon" ? throw Fail.BusinessRule("no moon in stock") : new([.. cart.Products, product]);
}
