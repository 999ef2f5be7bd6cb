using AugmentedOS.Workflows.Versioning;
using Temporalio.Workflows;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>One workflow of which histories are recorded, and what became of its code.</summary>
public static class DeliveryVersions
{
    public const string Name = "CliDelivery";

    [Workflow(Name)]
    public sealed class First
    {
        private bool _arrives;

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.DelayAsync(TimeSpan.FromMinutes(5));
            await Workflow.WaitConditionAsync(() => _arrives);
        }

        [WorkflowSignal]
        public Task ArriveAsync()
        {
            _arrives = true;
            return Task.CompletedTask;
        }
    }

    [Workflow(Name)]
    public sealed class Careless
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.ExecuteActivityAsync(
            "Pack", [], new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });

        [WorkflowSignal]
        public Task ArriveAsync() => Task.CompletedTask;
    }

    [Workflow(Name)]
    public sealed class Careful
    {
        private static readonly WorkflowPatch Packs = new("packs", "Goods are packed before they are delivered");

        private bool _arrives;

        [WorkflowRun]
        public async Task RunAsync()
        {
            if (Packs.IsApplied())
            {
                await Workflow.ExecuteActivityAsync("Pack", [], new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            }

            await Workflow.DelayAsync(TimeSpan.FromMinutes(5));
            await Workflow.WaitConditionAsync(() => _arrives);
        }

        [WorkflowSignal]
        public Task ArriveAsync()
        {
            _arrives = true;
            return Task.CompletedTask;
        }
    }
}
