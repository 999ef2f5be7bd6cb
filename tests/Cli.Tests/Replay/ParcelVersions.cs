using Temporalio.Workflows;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>A workflow whose way depends on what it is given: whoever cannot read that cannot replay it.</summary>
public static class ParcelVersions
{
    public const string Name = "CliParcel";

    [Workflow(Name)]
    public sealed class First
    {
        private string _way = "";

        [WorkflowRun]
        public async Task RunAsync(string town)
        {
            await Workflow.DelayAsync(TimeSpan.FromMinutes(town.Length));
            await Workflow.WaitConditionAsync(() => _way.Length > 0);
            await Workflow.DelayAsync(TimeSpan.FromHours(_way.Length));
        }

        [WorkflowSignal]
        public Task SendAsync(string way)
        {
            _way = way;
            return Task.CompletedTask;
        }
    }
}
