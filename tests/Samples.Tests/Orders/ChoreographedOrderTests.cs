using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Choreography;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

public sealed class ChoreographedOrderTests : OrderTests
{
    private protected override Task<IOrderSystem> StartAsync(OrderServices services) =>
        Task.FromResult<IOrderSystem>(new ChoreographedOrders(services));
}
