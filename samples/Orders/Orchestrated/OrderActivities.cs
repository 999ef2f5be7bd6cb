using AugmentedOS.Samples.Orders.Services;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Orders.Orchestrated;

/// <summary>The services as activities.</summary>
internal sealed class OrderActivities(OrderServices services)
{
    [Activity]
    public void Reserve(Order order) => services.Reserve(order);

    [Activity]
    public void Release(Order order) => services.Release(order);

    [Activity]
    public void Charge(Order order) => services.Charge(order);

    [Activity]
    public void Refund(Order order) => services.Refund(order);

    [Activity]
    public void RequestShipment(Order order) => services.RequestShipment(order);

    [Activity]
    public void CancelShipment(Order order) => services.CancelShipment(order);

    [Activity]
    public void Notify(string orderId, string what) => services.Notify(orderId, what);
}
