using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Choreography;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

/// <summary>The same promises with every message delivered twice.</summary>
public sealed class ChoreographedTwiceOrderTests : OrderTests
{
    private protected override Task<IOrderSystem> StartAsync(OrderServices services) =>
        Task.FromResult<IOrderSystem>(new ChoreographedOrders(services, deliversTwice: true));
}
