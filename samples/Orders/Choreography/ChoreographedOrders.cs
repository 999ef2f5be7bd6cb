using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>Orders as messages between services, on a database with a file.</summary>
internal sealed class ChoreographedOrders : IOrderSystem
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orders-").FullName;
    private readonly BrokerClock _clock = new();
    private readonly OrderServices _services;
    private readonly bool _deliversTwice;
    private OrderDatabase _database;
    private OrderTable _table;
    private Broker _broker;

    /// <param name="deliversTwice">Whether the broker does what it may do: deliver each message a second time.</param>
    public ChoreographedOrders(OrderServices services, bool deliversTwice = false)
    {
        _services = services;
        _deliversTwice = deliversTwice;
        (_database, _table, _broker) = Start();
    }

    public Task PlaceAsync(Order order) => SendAsync(new OrderPlaced(order));

    public async Task ShipmentRequestedAsync(string orderId)
    {
        while (!_services.Has($"request-shipment {orderId}"))
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    public Task<bool> ConfirmShipmentAsync(string orderId, string tracking) =>
        TrySendAsync(new ShipmentConfirmed(orderId, tracking));

    public Task<bool> CancelAsync(string orderId) => TrySendAsync(new CancelRequested(orderId));

    public Task<OrderStatus> StatusAsync(string orderId) => Task.FromResult(_table.Get(orderId).Status);

    public Task PassAsync(TimeSpan time)
    {
        _broker.RunUntil(_clock.Now + time);
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

    public Task RestartAsync()
    {
        _database.Dispose();
        (_database, _table, _broker) = Start();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private (OrderDatabase Database, OrderTable Table, Broker Broker) Start()
    {
        var database = new OrderDatabase(Path.Combine(_folder, "orders.db"));
        var table = new OrderTable(database);
        var broker = new Broker(database, _clock) { DeliversTwice = _deliversTwice };
        broker.Subscribe("orders", new OrderHandler(broker, table).Handle);
        broker.Subscribe("inventory", new InventoryHandler(_services, table).Handle);
        broker.Subscribe("payment", new PaymentHandler(_services, table).Handle);
        broker.Subscribe("shipping", new ShippingHandler(_services, table).Handle);
        broker.Subscribe("notification", new NotificationHandler(_services).Handle);
        return (database, table, broker);
    }

    private async Task<bool> TrySendAsync(OrderMessage message)
    {
        if (_table.Find(message.OrderId) is not { } row)
        {
            return false;
        }

        await SendAsync(message);
        return row.IsOpen;
    }

    private Task SendAsync(OrderMessage message)
    {
        _broker.Send(message);
        return PassAsync(TimeSpan.Zero);
    }
}
