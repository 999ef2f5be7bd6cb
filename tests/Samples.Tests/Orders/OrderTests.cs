using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

/// <summary>What order fulfilment promises, however it is built. Derived classes say how. Tests of a failure path name
/// it in a trait, from which <c>docs/productivity.sh</c> makes the page's list.</summary>
public abstract class OrderTests
{
    private const string Path = "Failure path";

    private static readonly Order Lamp = new("4711", "lamp", 2, 80);
    private static readonly string[] Fulfilled = ["reserve", "charge", "request-shipment", "notify-Shipped"];
    private static readonly string[] Undone =
        ["reserve", "charge", "request-shipment", "cancel-shipment", "refund", "release", "notify-Cancelled"];

    private readonly OrderServices _services = new();

    [Fact]
    public Task Order_WhenAllGoesWell_IsShippedAndChargedOnce() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);

        AssertLedger(Fulfilled);
        Assert.Equal(8, _services.Stock("lamp"));
    });

    [Fact]
    [Trait(Path, "an order is placed twice")]
    public Task Order_WhenItIsPlacedTwice_IsOneOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);

        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "an order is placed again after its end")]
    public Task Order_WhenItIsPlacedAfterItsEnd_StaysWhatItWas() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.Shipped, await system.StatusAsync(Lamp.Id));
        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "there is no stock")]
    public Task Order_WhenThereIsNoStock_EndsWithoutACharge() => PlayAsync(async system =>
    {
        _services.Fill("lamp", 1);
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.OutOfStock, await system.EndAsync(Lamp.Id));
        AssertLedger("notify-OutOfStock");
    });

    [Fact]
    [Trait(Path, "the payment is declined")]
    public Task Order_WhenThePaymentIsDeclined_ReturnsTheStock() => PlayAsync(async system =>
    {
        _services.DeclinesPayments = true;
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.PaymentDeclined, await system.EndAsync(Lamp.Id));
        AssertLedger("reserve", "release", "notify-PaymentDeclined");
        Assert.Equal(10, _services.Stock("lamp"));
    });

    [Theory]
    [InlineData("reserve")]
    [InlineData("charge")]
    [InlineData("request-shipment")]
    [InlineData("notify-Shipped")]
    [Trait(Path, "a service is down in a step")]
    public Task Order_WhenAServiceIsDownForAWhile_GoesOnWhenItIsBack(string service) => PlayAsync(async system =>
    {
        _services.FailNext(service, 3);
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);
        await system.PassAsync(TimeSpan.FromMinutes(1));

        AssertLedger(Fulfilled);
    });

    [Theory]
    [InlineData("reserve")]
    [InlineData("charge")]
    [InlineData("request-shipment")]
    [InlineData("notify-Shipped")]
    [Trait(Path, "a step is done, and its answer lost")]
    public Task Order_WhenAnAnswerIsLost_DoesNothingTwice(string service) => PlayAsync(async system =>
    {
        _services.LoseAnswers(service, 3);
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);
        await system.PassAsync(TimeSpan.FromMinutes(1));

        AssertLedger(Fulfilled);
        Assert.Equal(8, _services.Stock("lamp"));
    });

    [Theory]
    [InlineData("reserve")]
    [InlineData("charge")]
    [InlineData("request-shipment")]
    [Trait(Path, "the host restarts in a step")]
    public Task Order_WhenTheHostRestartsInAStep_GoesOn(string service) => PlayAsync(async system =>
    {
        _services.LoseAnswers(service, 3);
        await system.PlaceAsync(Lamp);
        await system.PassAsync(TimeSpan.FromSeconds(1));
        await system.RestartAsync();
        await ShipAsync(system);

        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "the host restarts after the end")]
    public Task Order_WhenTheHostRestartsAfterItsEnd_IsStillKnown() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);
        await system.RestartAsync();

        Assert.Equal(OrderStatus.Shipped, await system.StatusAsync(Lamp.Id));
        Assert.False(await system.CancelAsync(Lamp.Id));
        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "the shipment is late, and comes")]
    public Task Shipment_WhenItIsLate_RemindsAndEscalatesAndMayStillCome() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.PassAsync(TimeSpan.FromHours(23));
        AssertLedger("reserve", "charge", "request-shipment");
        await system.PassAsync(TimeSpan.FromHours(2));
        AssertLedger("reserve", "charge", "request-shipment", "notify-remind");
        await system.PassAsync(TimeSpan.FromHours(24));
        AssertLedger("reserve", "charge", "request-shipment", "notify-remind", "notify-escalate");
        Assert.Equal(OrderStatus.AwaitingShipment, await system.StatusAsync(Lamp.Id));

        Assert.True(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
        Assert.Equal(OrderStatus.Shipped, await system.EndAsync(Lamp.Id));
    });

    [Fact]
    [Trait(Path, "the shipment never comes")]
    public Task Shipment_WhenItNeverComes_IsUndoneInReverseOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.ShipmentOverdue, await system.EndAsync(Lamp.Id));
        AssertOverdue();
        Assert.Equal(10, _services.Stock("lamp"));
    });

    [Fact]
    [Trait(Path, "the host restarts while the shipment is late")]
    public Task Shipment_WhenTheHostRestartsWhileItIsLate_IsStillRemindedOfAndUndone() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.PassAsync(TimeSpan.FromHours(23));
        await system.RestartAsync();
        AssertLedger("reserve", "charge", "request-shipment");
        await system.PassAsync(TimeSpan.FromHours(2));
        AssertLedger("reserve", "charge", "request-shipment", "notify-remind");
        await system.RestartAsync();

        Assert.Equal(OrderStatus.ShipmentOverdue, await system.EndAsync(Lamp.Id));
        AssertOverdue();
    });

    [Fact]
    [Trait(Path, "the shipment is confirmed twice")]
    public Task Shipment_WhenItIsConfirmedTwice_IsToldOnce() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);

        Assert.False(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "the shipment is confirmed before the request has an answer")]
    public Task Shipment_WhenItIsConfirmedBeforeTheAnswer_IsNotForgotten() => PlayAsync(async system =>
    {
        _services.LoseAnswers("request-shipment", 5);
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);

        Assert.False(await system.CancelAsync(Lamp.Id));
        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "the order is cancelled while it waits for the shipment")]
    public Task Order_WhenItIsCancelledInTime_IsUndoneInReverseOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        Assert.True(await system.CancelAsync(Lamp.Id));
        Assert.False(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(Undone);
        Assert.Equal(10, _services.Stock("lamp"));
    });

    [Theory]
    [InlineData("reserve", "notify-Cancelled")]
    [InlineData("charge", "reserve", "release", "notify-Cancelled")]
    [InlineData("request-shipment", "reserve", "charge", "refund", "release", "notify-Cancelled")]
    [Trait(Path, "the order is cancelled while a service is down")]
    public Task Order_WhenItIsCancelledWhileAServiceIsDown_UndoesWhatWasDone(string service, params string[] ledger) =>
        CancelInAsync(() => _services.FailNext(service, int.MaxValue), ledger);

    [Theory]
    [InlineData("reserve", "reserve", "release", "notify-Cancelled")]
    [InlineData("charge", "reserve", "charge", "refund", "release", "notify-Cancelled")]
    [InlineData(
        "request-shipment",
        "reserve", "charge", "request-shipment", "cancel-shipment", "refund", "release", "notify-Cancelled")]
    [Trait(Path, "the order is cancelled while an answer is lost")]
    public Task Order_WhenItIsCancelledWhileAnAnswerIsLost_UndoesWhatWasDone(string service, params string[] ledger) =>
        CancelInAsync(() => _services.LoseAnswers(service, int.MaxValue), ledger);

    [Fact]
    [Trait(Path, "the order is cancelled after its end")]
    public Task Order_WhenItIsCancelledAfterItsEnd_StaysShipped() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await ShipAsync(system);

        Assert.False(await system.CancelAsync(Lamp.Id));
        Assert.Equal(OrderStatus.Shipped, await system.StatusAsync(Lamp.Id));
        AssertLedger(Fulfilled);
    });

    [Fact]
    [Trait(Path, "an order is cancelled or confirmed that nobody knows")]
    public Task Order_WhenNobodyKnowsIt_IsNeitherCancelledNorConfirmed() => PlayAsync(async system =>
    {
        Assert.False(await system.CancelAsync(Lamp.Id));
        Assert.False(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
        AssertLedger();
    });

    [Theory]
    [InlineData("cancel-shipment")]
    [InlineData("refund")]
    [InlineData("release")]
    [Trait(Path, "a service is down while work is undone")]
    public Task Compensation_WhenAServiceIsDownForAWhile_IsDoneWhenItIsBack(string service) => PlayAsync(async system =>
    {
        _services.FailNext(service, 3);
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.CancelAsync(Lamp.Id);

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(Undone);
    });

    [Theory]
    [InlineData("cancel-shipment")]
    [InlineData("refund")]
    [InlineData("release")]
    [Trait(Path, "the host restarts while work is undone")]
    public Task Compensation_WhenTheHostRestartsInIt_IsDoneOnce(string service) => PlayAsync(async system =>
    {
        _services.LoseAnswers(service, 3);
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.CancelAsync(Lamp.Id);
        await system.PassAsync(TimeSpan.FromSeconds(1));
        await system.RestartAsync();

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(Undone);
        Assert.Equal(10, _services.Stock("lamp"));
    });

    private protected abstract Task<IOrderSystem> StartAsync(OrderServices services);

    private static async Task ShipAsync(IOrderSystem system)
    {
        await system.ShipmentRequestedAsync(Lamp.Id);
        Assert.True(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
        Assert.Equal(OrderStatus.Shipped, await system.EndAsync(Lamp.Id));
    }

    private async Task PlayAsync(Func<IOrderSystem, Task> act)
    {
        _services.Fill("lamp", 10);
        await using var system = await StartAsync(_services);
        await act(system).WaitAsync(TimeSpan.FromSeconds(90));
    }

    /// <summary>Cancels an order in trouble that never ends: it has to be undone all the same.</summary>
    private Task CancelInAsync(Action trouble, string[] ledger) => PlayAsync(async system =>
    {
        trouble();
        await system.PlaceAsync(Lamp);
        await system.PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(await system.CancelAsync(Lamp.Id));

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(ledger);
        Assert.Equal(10, _services.Stock("lamp"));
    });

    private void AssertOverdue() => AssertLedger(
        "reserve", "charge", "request-shipment", "notify-remind", "notify-escalate",
        "cancel-shipment", "refund", "release", "notify-ShipmentOverdue");

    private void AssertLedger(params string[] entries) =>
        Assert.Equal(entries.Select(entry => $"{entry} {Lamp.Id}"), _services.Ledger);
}
