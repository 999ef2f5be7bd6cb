using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The warehouse's shipments, as far as it listens to orders.</summary>
internal sealed class ShippingHandler(OrderServices services, OrderTable table)
{
    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        switch (message)
        {
            case PaymentTaken
                when table.Get(message.OrderId) is { Stage: OrderStage.RequestingShipment, End: null } row:
                services.RequestShipment(row.Order);
                yield return new ShipmentRequested(message.OrderId);
                break;
            case PaymentTaken when table.Get(message.OrderId) is { Stage: OrderStage.RequestingShipment } row:
                // Cancelled before it was asked for, or while the answer was lost: the others wait for this to be said.
                services.CancelShipment(row.Order);
                yield return new ShipmentCancelled(message.OrderId);
                break;
            case OrderStopped when table.Get(message.OrderId) is { Stage: OrderStage.CancellingShipment } row:
                services.CancelShipment(row.Order);
                yield return new ShipmentCancelled(message.OrderId);
                break;
        }
    }
}
