using AugmentedOS.Samples.Orders.Choreography;
using AugmentedOS.Samples.Orders.Orchestrated;
using AugmentedOS.Samples.Orders.Services;

namespace AugmentedOS.Samples.Orders;

/// <summary>Three orders, fulfilled by messages with a state table, and then by a workflow: the same happens, also over
/// a restart.</summary>
internal static class OrdersSample
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync("Messages and a state table:");
        await ShowAsync(services => Task.FromResult<IOrderSystem>(new ChoreographedOrders(services)))
            .WaitAsync(cancellationToken);
        await output.WriteLineAsync("A workflow:");
        await ShowAsync(async services => await OrchestratedOrders.StartAsync(services)).WaitAsync(cancellationToken);

        async Task ShowAsync(Func<OrderServices, Task<IOrderSystem>> startAsync)
        {
            var services = new OrderServices();
            services.Fill("lamp", 5);
            await using var system = await startAsync(services);
            await ShipAsync(system);
            await CancelAsync(system, services);
            await system.PlaceAsync(new("forgotten", "lamp", 1, 40));
            foreach (var order in (string[])["shipped", "cancelled", "forgotten"])
            {
                var end = await system.EndAsync(order);
                var entries = services.Ledger.Where(entry => entry.EndsWith($" {order}", StringComparison.Ordinal))
                    .Select(entry => entry.Split(' ')[0]);
                await output.WriteLineAsync($"  {end}: {string.Join(", ", entries)}");
            }

            await output.WriteLineAsync($"  {services.Stock("lamp")} lamps are left.");
        }
    }

    private static async Task ShipAsync(IOrderSystem system)
    {
        await system.PlaceAsync(new("shipped", "lamp", 2, 80));
        await system.ShipmentRequestedAsync("shipped");
        await system.RestartAsync();
        await system.ConfirmShipmentAsync("shipped", "1Z");
    }

    /// <summary>The payment provider is down; the customer does not wait.</summary>
    private static async Task CancelAsync(IOrderSystem system, OrderServices services)
    {
        services.FailNext("charge", 3);
        await system.PlaceAsync(new("cancelled", "lamp", 1, 40));
        await system.PassAsync(TimeSpan.FromSeconds(1));
        await system.CancelAsync("cancelled");
    }
}
