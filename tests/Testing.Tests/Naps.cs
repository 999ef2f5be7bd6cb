using Temporalio.Workflows;

namespace AugmentedOS.Testing.Tests;

/// <summary>Sleeps.</summary>
[Workflow]
public sealed class NapWorkflow
{
    [WorkflowRun]
    public async Task<DateTime> RunAsync(TimeSpan time)
    {
        await Workflow.DelayAsync(time);
        return Workflow.UtcNow;
    }
}

/// <summary>Has children that sleep, each a day longer.</summary>
[Workflow]
public sealed class NurseryWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(int children)
    {
        var naps = await Workflow.WhenAllAsync(Enumerable.Range(1, children).Select(days =>
            Workflow.ExecuteChildWorkflowAsync((NapWorkflow child) => child.RunAsync(TimeSpan.FromDays(days)))));
        return naps.Length;
    }
}
