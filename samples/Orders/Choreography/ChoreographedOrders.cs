using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>Orders as messages between services.</summary>
internal sealed class ChoreographedOrders : IOrderSystem
{
    private readonly Broker _broker = new();
    private readonly OrderTable _table = new();
    private readonly OrderServices _services;

    public ChoreographedOrders(OrderServices services)
    {
        _services = services;
        _broker.Subscribe(new OrderHandler(_broker, _table).Handle);
        _broker.Subscribe(new InventoryHandler(services, _table).Handle);
        _broker.Subscribe(new PaymentHandler(services, _table).Handle);
        _broker.Subscribe(new ShippingHandler(services, _table).Handle);
        _broker.Subscribe(new NotificationHandler(services).Handle);
    }

    public bool DeliversTwice
    {
        set => _broker.DeliversTwice = value;
    }

    public Task PlaceAsync(Order order) => SendAsync(new OrderPlaced(order));

    public async Task ShipmentRequestedAsync(string orderId)
    {
        while (!_services.Has($"request-shipment {orderId}"))
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    public async Task<bool> ConfirmShipmentAsync(string orderId, string tracking)
    {
        var isOpen = _table.Get(orderId).Stage == OrderStage.AwaitingShipment;
        await SendAsync(new ShipmentConfirmed(orderId, tracking));
        return isOpen;
    }

    public async Task<bool> CancelAsync(string orderId)
    {
        var isOpen = _table.Get(orderId) is { End: null, Stage: not OrderStage.Ended };
        await SendAsync(new CancelRequested(orderId));
        return isOpen;
    }

    public Task<OrderStatus> StatusAsync(string orderId) => Task.FromResult(_table.Get(orderId).Status);

    public Task PassAsync(TimeSpan time)
    {
        _broker.RunUntil(_broker.Now + time);
        return Task.CompletedTask;
    }

    public async Task<OrderStatus> EndAsync(string orderId)
    {
        while (_table.Get(orderId).Stage != OrderStage.Ended && _broker.Step())
        {
        }

        // What the end was told to whom is part of it.
        await PassAsync(TimeSpan.Zero);
        return _table.Get(orderId).Status;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task SendAsync(OrderMessage message)
    {
        _broker.Send(message);
        return PassAsync(TimeSpan.Zero);
    }
}
