using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The warehouse's stock, as far as it listens to orders.</summary>
internal sealed class InventoryHandler(OrderServices services, OrderTable table)
{
    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        switch (message)
        {
            case OrderPlaced when table.Get(message.OrderId) is { Stage: OrderStage.Reserving, End: null } row:
                yield return Reserve(row.Order);
                break;
            case OrderPlaced when table.Get(message.OrderId) is { Stage: OrderStage.Reserving } row:
                // Cancelled before it was reserved, or while the answer was lost: the others wait for this to be said.
                services.Release(row.Order);
                yield return new StockReturned(message.OrderId);
                break;
            case PaymentRefused or PaymentReturned when table.Get(message.OrderId).Stage == OrderStage.Releasing:
                services.Release(table.Get(message.OrderId).Order);
                yield return new StockReturned(message.OrderId);
                break;
        }
    }

    private OrderMessage Reserve(Order order)
    {
        try
        {
            services.Reserve(order);
            return new StockReserved(order.Id);
        }
        catch (RefusedException)
        {
            return new StockRefused(order.Id);
        }
    }
}
