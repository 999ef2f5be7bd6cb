namespace AugmentedOS.Samples.Orders;

/// <summary>Order fulfilment, however it is built: what both implementations promise.</summary>
internal interface IOrderSystem : IAsyncDisposable
{
    /// <summary>Takes an order; one that is repeated is one order.</summary>
    Task PlaceAsync(Order order);

    /// <summary>Waits until the warehouse was asked for a shipment.</summary>
    Task ShipmentRequestedAsync(string orderId);

    /// <summary>The warehouse has sent the parcel. False when that changes nothing: it was said before, or the order is
    /// cancelled, ended or unknown.</summary>
    Task<bool> ConfirmShipmentAsync(string orderId, string tracking);

    /// <summary>The customer does not want it any more. False when that changes nothing: the parcel was sent, or the
    /// order is cancelled, ended or unknown.</summary>
    Task<bool> CancelAsync(string orderId);

    Task<OrderStatus> StatusAsync(string orderId);

    /// <summary>Lets time pass.</summary>
    Task PassAsync(TimeSpan time);

    /// <summary>Lets as much time pass as it takes until the order has ended.</summary>
    Task<OrderStatus> EndAsync(string orderId);

    /// <summary>The process ends where it is, and another one goes on with what is on disk.</summary>
    Task RestartAsync();
}
