using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Schedules;

[Workflow]
public class NightlyWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string region = "all") => Task.FromResult(region);
}

[Workflow]
public class DemandingWorkflow
{
    [WorkflowRun]
    public Task RunAsync(string region) => Task.CompletedTask;
}
