namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>Keeps the row of each order in step with what the services say, and says what follows. It is called before
/// the services are: they read the stage that it wrote.</summary>
internal sealed class OrderHandler(Broker broker, OrderTable table)
{
    private static readonly (TimeSpan After, LateStage Stage)[] Late =
    [
        (TimeSpan.FromHours(24), LateStage.Remind),
        (TimeSpan.FromHours(48), LateStage.Escalate),
        (TimeSpan.FromHours(72), LateStage.Stop),
    ];

    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        if (message is OrderPlaced placed)
        {
            if (table.Find(placed.OrderId) is null)
            {
                table.Put(new(placed.Order, OrderStage.Reserving, OrderStatus.InProgress));
            }

            return [];
        }

        return Handle(message, table.Get(message.OrderId));
    }

    /// <summary>Every message may come twice, late, and in another order: only what fits the stage counts.</summary>
    private IEnumerable<OrderMessage> Handle(OrderMessage message, OrderRow row) => (message, row.Stage) switch
    {
        (StockReserved, OrderStage.Reserving) => Move(row with { Stage = OrderStage.Charging }),
        (StockRefused, OrderStage.Reserving) => End(row with { End = row.End ?? OrderStatus.OutOfStock }),
        (PaymentTaken, OrderStage.Charging) => Move(row with { Stage = OrderStage.RequestingShipment }),
        (PaymentRefused, OrderStage.Charging) =>
            Move(row with { Stage = OrderStage.Releasing, End = row.End ?? OrderStatus.PaymentDeclined }),
        (PaymentReturned, OrderStage.Charging or OrderStage.Refunding) =>
            Move(row with { Stage = OrderStage.Releasing }),
        (ShipmentRequested, OrderStage.RequestingShipment) => Await(row),
        (ShipmentConfirmed confirmed, OrderStage.AwaitingShipment) =>
            End(row with { End = OrderStatus.Shipped, Tracking = confirmed.Tracking }),
        // The warehouse may be quicker than its own answer to the request.
        (ShipmentConfirmed confirmed, _) when row.IsOpen => Move(row with { Tracking = confirmed.Tracking }),
        (ShipmentIsLate { Stage: LateStage.Stop }, OrderStage.AwaitingShipment) =>
            Stop(row, OrderStatus.ShipmentOverdue),
        (ShipmentIsLate late, OrderStage.AwaitingShipment) => Notify(row, $"{late.Stage}".ToLowerInvariant()),
        (CancelRequested, OrderStage.AwaitingShipment) => Stop(row, OrderStatus.Cancelled),
        (CancelRequested, _) when row.IsOpen => Move(row with { End = OrderStatus.Cancelled }),
        (ShipmentCancelled, OrderStage.CancellingShipment or OrderStage.RequestingShipment) =>
            Move(row with { Stage = OrderStage.Refunding }),
        (StockReturned, OrderStage.Reserving or OrderStage.Releasing) => End(row),
        _ => [],
    };

    private IEnumerable<OrderMessage> Move(OrderRow row)
    {
        table.Put(row);
        return [];
    }

    private IEnumerable<OrderMessage> Await(OrderRow row)
    {
        if (row.End is { } end)
        {
            return Stop(row, end);
        }

        if (row.Tracking is not null)
        {
            return End(row with { End = OrderStatus.Shipped });
        }

        table.Put(row with { Stage = OrderStage.AwaitingShipment, Status = OrderStatus.AwaitingShipment });
        foreach (var (after, stage) in Late)
        {
            broker.Send(new ShipmentIsLate(row.Order.Id, stage), after);
        }

        return [];
    }

    private IEnumerable<OrderMessage> Stop(OrderRow row, OrderStatus end)
    {
        table.Put(row with { Stage = OrderStage.CancellingShipment, End = end });
        return [new OrderStopped(row.Order.Id)];
    }

    private IEnumerable<OrderMessage> End(OrderRow row)
    {
        table.Put(row with { Stage = OrderStage.Ended, Status = row.End!.Value });
        return Notify(row, $"{row.End}");
    }

    private static IEnumerable<OrderMessage> Notify(OrderRow row, string what) =>
        [new NotificationWanted(row.Order.Id, what)];
}
