namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The state table: a row for each order, read and written by every handler.</summary>
internal sealed class OrderTable
{
    private readonly Dictionary<string, OrderRow> _rows = [];

    public OrderRow? Find(string orderId) => _rows.GetValueOrDefault(orderId);

    public OrderRow Get(string orderId) => _rows[orderId];

    public void Put(OrderRow row) => _rows[row.Order.Id] = row;
}

/// <param name="Stage">What was last heard of the order.</param>
/// <param name="Status">What its customer sees.</param>
/// <param name="End">What it will have come to when all is undone; null while it is to be fulfilled.</param>
internal sealed record OrderRow(Order Order, OrderStage Stage, OrderStatus Status, OrderStatus? End = null);

internal enum OrderStage
{
    Reserving,
    Charging,
    RequestingShipment,
    AwaitingShipment,
    CancellingShipment,
    Refunding,
    Releasing,
    Ended,
}
