using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>Tells customers and staff.</summary>
internal sealed class NotificationHandler(OrderServices services)
{
    public IEnumerable<OrderMessage> Handle(OrderMessage message)
    {
        if (message is NotificationWanted wanted)
        {
            services.Notify(wanted.OrderId, wanted.What);
        }

        return [];
    }
}
