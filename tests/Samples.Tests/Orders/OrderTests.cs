using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

/// <summary>What order fulfilment promises, however it is built. Derived classes say how.</summary>
public abstract class OrderTests
{
    private static readonly Order Lamp = new("4711", "lamp", 2, 80);

    private readonly OrderServices _services = new();

    [Fact]
    public Task Order_WhenAllGoesWell_IsShippedAndChargedOnce() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        Assert.True(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));

        Assert.Equal(OrderStatus.Shipped, await system.EndAsync(Lamp.Id));
        AssertLedger("reserve", "charge", "request-shipment", "notify-Shipped");
        Assert.Equal(8, _services.Stock("lamp"));
    });

    [Fact]
    public Task Order_WhenItIsPlacedTwice_IsOneOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.ConfirmShipmentAsync(Lamp.Id, "1Z");
        await system.EndAsync(Lamp.Id);

        AssertLedger("reserve", "charge", "request-shipment", "notify-Shipped");
    });

    [Fact]
    public Task Order_WhenThereIsNoStock_EndsWithoutACharge() => PlayAsync(async system =>
    {
        _services.Fill("lamp", 1);
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.OutOfStock, await system.EndAsync(Lamp.Id));
        AssertLedger("notify-OutOfStock");
    });

    [Fact]
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
    public Task Order_WhenAServiceIsDownForAWhile_GoesOnWhenItIsBack(string service) => PlayAsync(async system =>
    {
        _services.FailNext(service, 3);
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.ConfirmShipmentAsync(Lamp.Id, "1Z");
        await system.EndAsync(Lamp.Id);
        await system.PassAsync(TimeSpan.FromMinutes(1));

        AssertLedger("reserve", "charge", "request-shipment", "notify-Shipped");
    });

    [Fact]
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
    public Task Shipment_WhenItNeverComes_IsUndoneInReverseOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);

        Assert.Equal(OrderStatus.ShipmentOverdue, await system.EndAsync(Lamp.Id));
        AssertLedger(
            "reserve", "charge", "request-shipment", "notify-remind", "notify-escalate",
            "cancel-shipment", "refund", "release", "notify-ShipmentOverdue");
        Assert.Equal(10, _services.Stock("lamp"));
    });

    [Fact]
    public Task Shipment_WhenItIsConfirmedTwice_IsToldOnce() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.ConfirmShipmentAsync(Lamp.Id, "1Z");
        await system.EndAsync(Lamp.Id);

        Assert.False(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
        AssertLedger("reserve", "charge", "request-shipment", "notify-Shipped");
    });

    [Fact]
    public Task Order_WhenItIsCancelledInTime_IsUndoneInReverseOrder() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        Assert.True(await system.CancelAsync(Lamp.Id));

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(
            "reserve", "charge", "request-shipment", "cancel-shipment", "refund", "release", "notify-Cancelled");
        Assert.False(await system.ConfirmShipmentAsync(Lamp.Id, "1Z"));
    });

    [Fact]
    public Task Order_WhenItIsCancelledWhileThePaymentIsDown_UndoesWhatWasDone() => PlayAsync(async system =>
    {
        _services.FailNext("charge", 8);
        await system.PlaceAsync(Lamp);
        await system.PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(await system.CancelAsync(Lamp.Id));

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        Assert.Equal(10, _services.Stock("lamp"));
        Assert.Equal(_services.Has("charge 4711"), _services.Has("refund 4711"));
        Assert.False(_services.Has("request-shipment 4711"));
    });

    [Fact]
    public Task Order_WhenItIsCancelledAfterItsEnd_StaysShipped() => PlayAsync(async system =>
    {
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.ConfirmShipmentAsync(Lamp.Id, "1Z");
        await system.EndAsync(Lamp.Id);

        Assert.False(await system.CancelAsync(Lamp.Id));
        Assert.Equal(OrderStatus.Shipped, await system.StatusAsync(Lamp.Id));
    });

    [Theory]
    [InlineData("cancel-shipment")]
    [InlineData("refund")]
    [InlineData("release")]
    public Task Compensation_WhenAServiceIsDownForAWhile_IsDoneWhenItIsBack(string service) => PlayAsync(async system =>
    {
        _services.FailNext(service, 3);
        await system.PlaceAsync(Lamp);
        await system.ShipmentRequestedAsync(Lamp.Id);
        await system.CancelAsync(Lamp.Id);

        Assert.Equal(OrderStatus.Cancelled, await system.EndAsync(Lamp.Id));
        AssertLedger(
            "reserve", "charge", "request-shipment", "cancel-shipment", "refund", "release", "notify-Cancelled");
    });

    private protected abstract Task<IOrderSystem> StartAsync(OrderServices services);

    private async Task PlayAsync(Func<IOrderSystem, Task> act)
    {
        _services.Fill("lamp", 10);
        await using var system = await StartAsync(_services);
        await act(system).WaitAsync(TimeSpan.FromSeconds(90));
    }

    private void AssertLedger(params string[] entries) =>
        Assert.Equal(entries.Select(entry => $"{entry} {Lamp.Id}"), _services.Ledger);
}
