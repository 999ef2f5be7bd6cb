using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Ends in the way it is asked to.</summary>
[Workflow]
public sealed class ChildWorkflow
{
    private string? _releasedBy;

    [WorkflowRun]
    public async Task<string> RunAsync(string mode)
    {
        switch (mode)
        {
            case "return":
                return $"{Workflow.Info.Parent?.WorkflowId}/{Workflow.Info.Root?.WorkflowId}";
            case "fail":
                throw new ApplicationFailureException("no", nonRetryable: true);
            case "continue":
                throw Workflow.CreateContinueAsNewException((ChildWorkflow wf) => wf.RunAsync("return"));
            default:
                await Workflow.WaitConditionAsync(() => _releasedBy is not null);
                return $"released by {_releasedBy}";
        }
    }

    [WorkflowSignal]
    public Task ReleaseAsync(string by)
    {
        _releasedBy = by;
        return Task.CompletedTask;
    }
}
