using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Bench.Roles;

/// <summary>What is measured.</summary>
internal static class BenchWorkflows
{
    public const string Queue = "bench";

    [Activity]
    public static string Echo(string text) => text;
}

/// <summary>One workflow, one activity.</summary>
[Workflow]
public class OneActivity
{
    [WorkflowRun]
    public Task<string> RunAsync(string text) => Workflow.ExecuteActivityAsync(
        () => BenchWorkflows.Echo(text), new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

/// <summary>Many activities at once.</summary>
[Workflow]
public class ManyActivities
{
    [WorkflowRun]
    public async Task<int> RunAsync(int count)
    {
        var all = Enumerable.Range(0, count).Select(number => Workflow.ExecuteActivityAsync(
            () => BenchWorkflows.Echo("one of many"),
            new ActivityOptions { StartToCloseTimeout = TimeSpan.FromMinutes(5) }));
        return (await Workflow.WhenAllAsync(all)).Length;
    }
}
