using AugmentedOS.Workflows.Locks;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Locks;

public sealed record Hold(TimeSpan For, LockOptions Options, string Resource = "account/1", bool ReleasesTwice = false);

public sealed record Held(long Token, DateTime From, DateTime To, bool WasLost);

/// <summary>Holds a lock for a time, or until it is lost.</summary>
[Workflow]
public sealed class HolderWorkflow
{
    [WorkflowRun]
    public async Task<Held> RunAsync(Hold hold)
    {
        await using var held = await DistributedLock.AcquireAsync(hold.Resource, hold.Options);
        var from = Workflow.UtcNow;
        try
        {
            await Workflow.DelayAsync(hold.For, held.Lost);
        }
        catch (OperationCanceledException) when (!Workflow.CancellationToken.IsCancellationRequested)
        {
            return new(held.FencingToken, from, Workflow.UtcNow, !held.IsHeld);
        }

        var result = new Held(held.FencingToken, from, Workflow.UtcNow, !held.IsHeld);
        if (hold.ReleasesTwice)
        {
            await held.ReleaseAsync();
            await held.ReleaseAsync();
        }

        return result;
    }
}

/// <summary>Asks for two different locks and holds both.</summary>
[Workflow]
public sealed class TwoLocksWorkflow
{
    [WorkflowRun]
    public async Task<bool> RunAsync()
    {
        await using var first = await DistributedLock.AcquireAsync("a");
        await using var second = await DistributedLock.AcquireAsync("b");
        return first.IsHeld && second.IsHeld;
    }
}
