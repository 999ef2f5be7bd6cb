using AugmentedOS.Workflows.Versioning;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>One workflow, as it was written over time.</summary>
public static class OrderVersions
{
    public const string Name = "ReplayedOrder";

    private static readonly ActivityOptions Soon = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>What was there first: reserves, waits a day, charges.</summary>
    [Workflow(Name)]
    public sealed class First
    {
        private bool _isPaid;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.ExecuteActivityAsync(() => OrderActivities.Reserve(), Soon);
            await Workflow.WaitConditionAsync(() => _isPaid);
            await Workflow.DelayAsync(TimeSpan.FromDays(1));
            return await Workflow.ExecuteActivityAsync(() => OrderActivities.Charge(), Soon);
        }

        [WorkflowSignal]
        public Task PayAsync()
        {
            _isPaid = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>A change that forgets those who are on their way: waits first.</summary>
    [Workflow(Name)]
    public sealed class Careless
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
            await Workflow.ExecuteActivityAsync(() => OrderActivities.Reserve(), Soon);
            return await Workflow.ExecuteActivityAsync(() => OrderActivities.Charge(), Soon);
        }

        [WorkflowSignal]
        public Task PayAsync() => Task.CompletedTask;
    }

    /// <summary>Calls another activity in the first one's place.</summary>
    [Workflow(Name)]
    public sealed class Renamed
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(() => OrderActivities.Hold(), Soon);

        [WorkflowSignal]
        public Task PayAsync() => Task.CompletedTask;
    }

    /// <summary>Ends where the first one goes on.</summary>
    [Workflow(Name)]
    public sealed class Short
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult("done");

        [WorkflowSignal]
        public Task PayAsync() => Task.CompletedTask;
    }

    /// <summary>Waits for something where the first one goes on.</summary>
    [Workflow(Name)]
    public sealed class Waiting
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => false);
            return "never";
        }

        [WorkflowSignal]
        public Task PayAsync() => Task.CompletedTask;
    }

    /// <summary>Has a fault that is none of the workflow's own failures.</summary>
    [Workflow(Name)]
    public sealed class Faulty
    {
        [WorkflowRun]
        public Task<string> RunAsync() => throw new InvalidCastException("a bug");

        [WorkflowSignal]
        public Task PayAsync() => Task.CompletedTask;
    }

    /// <summary>The change done well.</summary>
    [Workflow(Name)]
    public sealed class Patched
    {
        private static readonly WorkflowPatch Holds = new("holds-goods", "Goods are held before they are reserved");

        private bool _isPaid;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            if (Holds.IsApplied())
            {
                await Workflow.ExecuteActivityAsync(() => OrderActivities.Hold(), Soon);
            }

            await Workflow.ExecuteActivityAsync(() => OrderActivities.Reserve(), Soon);
            await Workflow.WaitConditionAsync(() => _isPaid);
            await Workflow.DelayAsync(TimeSpan.FromDays(1));
            return await Workflow.ExecuteActivityAsync(() => OrderActivities.Charge(), Soon);
        }

        [WorkflowSignal]
        public Task PayAsync()
        {
            _isPaid = true;
            return Task.CompletedTask;
        }
    }
}

/// <summary>What orders ask for.</summary>
public static class OrderActivities
{
    [Activity]
    public static string Reserve() => "reserved";

    [Activity]
    public static string Charge() => "charged";

    [Activity]
    public static string Hold() => "held";
}
