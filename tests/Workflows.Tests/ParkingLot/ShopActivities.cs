using System.Collections.Concurrent;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>The steps of a shop; charging fails as the test says.</summary>
public sealed class ShopActivities
{
    private readonly ConcurrentQueue<string> _done = new();

    /// <summary>What charging an order throws now; null when it works.</summary>
    public Func<string, Exception?> Charging { get; set; } = _ => null;

    /// <summary>What really happened, in order: <c>reserve order-1</c>.</summary>
    public IReadOnlyCollection<string> Done => _done;

    public int Count(string step) => _done.Count(done => done.StartsWith(step, StringComparison.Ordinal));

    [Activity]
    public void Reserve(string order) => _done.Enqueue($"reserve {order}");

    [Activity]
    public void Release(string order) => _done.Enqueue($"release {order}");

    [Activity]
    public void Charge(string order)
    {
        if (Charging(order) is { } exception)
        {
            throw exception;
        }

        _done.Enqueue($"charge {order}");
    }
}
