using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Is done at once.</summary>
[Workflow]
public sealed class BriefWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Task.CompletedTask;
}
