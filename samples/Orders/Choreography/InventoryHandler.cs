using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The warehouse's stock, as far as it listens to orders.</summary>
internal sealed class InventoryHandler(OrderServices services, OrderTable table)
{
    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        switch (message)
        {
            case OrderPlaced placed when table.Find(placed.OrderId) is null or { Stage: OrderStage.Reserving }:
                yield return Reserve(placed.Order);
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
