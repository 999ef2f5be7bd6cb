using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Testing.Tests;

/// <summary>What a shop's order needs from others.</summary>
public interface IShop
{
    [Activity]
    Task<string> ChargeAsync(string order, decimal amount);

    [Activity]
    Task ShipAsync(string order);
}

/// <summary>A shop that always has everything.</summary>
public sealed class Shop : IShop
{
    private readonly ConcurrentQueue<string> _did = new();

    public IReadOnlyList<string> Did => [.. _did];

    [Activity]
    public Task<string> ChargeAsync(string order, decimal amount)
    {
        _did.Enqueue($"charged {order}");
        return Task.FromResult($"receipt of {order}");
    }

    [Activity]
    public Task ShipAsync(string order)
    {
        _did.Enqueue($"shipped {order}");
        return Task.CompletedTask;
    }
}

/// <summary>Charges, waits for an approval with a reminder a day, ships.</summary>
[Workflow]
public sealed class OrderWorkflow
{
    private static readonly ActivityOptions Patient = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(5),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMinutes(1), MaximumAttempts = 5 },
    };

    private bool _isApproved;
    private int _approvals;

    [WorkflowRun]
    public async Task<string> RunAsync(string order)
    {
        var receipt = await Workflow.ExecuteActivityAsync((IShop shop) => shop.ChargeAsync(order, 12.50m), Patient);
        if (!await Workflow.WaitConditionAsync(() => _isApproved, TimeSpan.FromDays(30)))
        {
            return "expired";
        }

        await Workflow.ExecuteActivityAsync((IShop shop) => shop.ShipAsync(order), Patient);
        return receipt;
    }

    [WorkflowSignal]
    public Task ApproveAsync(string who)
    {
        _approvals++;
        _isApproved = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Approvals() => _approvals;

    [WorkflowUpdate]
    public Task<int> CountAsync(int least) => Task.FromResult(_approvals);

    [WorkflowUpdateValidator(nameof(CountAsync))]
    public void ValidateCount(int least) => ArgumentOutOfRangeException.ThrowIfLessThan(_approvals, least);

    [WorkflowUpdate]
    public async Task<string> ThinkAsync(TimeSpan time)
    {
        await Workflow.DelayAsync(time);
        return "thought";
    }
}
