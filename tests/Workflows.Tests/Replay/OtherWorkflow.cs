using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Has nothing to do with orders.</summary>
[Workflow("ReplayedOther")]
public sealed class OtherWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Task.CompletedTask;
}
