using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Orchestrated;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

public sealed class OrchestratedOrderTests : OrderTests
{
    private protected override async Task<IOrderSystem> StartAsync(OrderServices services) =>
        await OrchestratedOrders.StartAsync(services);
}
