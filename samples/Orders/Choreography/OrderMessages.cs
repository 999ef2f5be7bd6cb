namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>What the services tell each other about an order.</summary>
internal abstract record OrderMessage(string OrderId);

internal sealed record OrderPlaced(Order Order) : OrderMessage(Order.Id);

internal sealed record StockReserved(string OrderId) : OrderMessage(OrderId);

internal sealed record StockRefused(string OrderId) : OrderMessage(OrderId);

internal sealed record PaymentTaken(string OrderId) : OrderMessage(OrderId);

internal sealed record PaymentRefused(string OrderId) : OrderMessage(OrderId);

internal sealed record ShipmentRequested(string OrderId) : OrderMessage(OrderId);

internal sealed record ShipmentConfirmed(string OrderId, string Tracking) : OrderMessage(OrderId);

internal sealed record CancelRequested(string OrderId) : OrderMessage(OrderId);

internal sealed record ShipmentIsLate(string OrderId, LateStage Stage) : OrderMessage(OrderId);

internal sealed record OrderStopped(string OrderId) : OrderMessage(OrderId);

internal sealed record ShipmentCancelled(string OrderId) : OrderMessage(OrderId);

internal sealed record PaymentReturned(string OrderId) : OrderMessage(OrderId);

internal sealed record StockReturned(string OrderId) : OrderMessage(OrderId);

internal sealed record NotificationWanted(string OrderId, string What) : OrderMessage(OrderId);

internal enum LateStage
{
    Remind,
    Escalate,
    Stop,
}
