using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The payment provider, as far as it listens to orders.</summary>
internal sealed class PaymentHandler(OrderServices services, OrderTable table)
{
    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        switch (message)
        {
            case StockReserved when table.Get(message.OrderId) is { Stage: OrderStage.Charging, End: null } row:
                yield return Charge(row.Order);
                break;
            case StockReserved when table.Get(message.OrderId) is { Stage: OrderStage.Charging } row:
                // Cancelled before it was charged, or while the answer was lost: the others wait for this to be said.
                services.Refund(row.Order);
                yield return new PaymentReturned(message.OrderId);
                break;
            case ShipmentCancelled when table.Get(message.OrderId) is { Stage: OrderStage.Refunding } row:
                services.Refund(row.Order);
                yield return new PaymentReturned(message.OrderId);
                break;
        }
    }

    private OrderMessage Charge(Order order)
    {
        try
        {
            services.Charge(order);
            return new PaymentTaken(order.Id);
        }
        catch (RefusedException)
        {
            return new PaymentRefused(order.Id);
        }
    }
}
