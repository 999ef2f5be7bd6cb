using AugmentedOS.Workflows.Polling;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>Leaves the waiting to a child, so that its own history stays short.</summary>
[Workflow]
public sealed class ClerkWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        try
        {
            return await Workflow.ExecuteChildWorkflowAsync(
                (ReportWorkflow report) => report.RunAsync(ReportWorkflow.Way.Periodic, null), new() { Id = "report" });
        }
        catch (Exception exception) when (Poll.IsDeadline(exception))
        {
            return "no report";
        }
    }
}

/// <summary>Calls a loop with options that are not those of a loop.</summary>
[Workflow]
public sealed class UnheardWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        (Office office) => office.LoopUnheardAsync(), new() { ScheduleToCloseTimeout = TimeSpan.FromHours(1) });
}
