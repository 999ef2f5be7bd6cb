using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Samples.Orders;
using AugmentedOS.Samples.Orders.Orchestrated;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Tests.Orders;

public sealed class OrchestratedOrderTests : OrderTests
{
    private protected override async Task<IOrderSystem> StartAsync(OrderServices services) =>
        new OrchestratedOrders(await EngineEnvironment.StartAsync(), services);
}
