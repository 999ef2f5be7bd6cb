namespace AugmentedOS.Samples.Orders;

/// <summary>Where an order is; all but the first two are ends.</summary>
internal enum OrderStatus
{
    InProgress,
    AwaitingShipment,
    Shipped,
    OutOfStock,
    PaymentDeclined,
    Cancelled,
    ShipmentOverdue,
}
