using AugmentedOS.Workflows.Waiting;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Waiting;

[Workflow]
public sealed class AwaitingWorkflow
{
    [WorkflowRun]
    public Task<WorkflowEnd> RunAsync(string other, WaitOptions options) =>
        WorkflowWait.ForEndAsync(other, null, options);
}

[Workflow]
public sealed class AwaitedWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(TimeSpan sleep, int runsLeft, bool fails)
    {
        await Workflow.DelayAsync(sleep);
        if (runsLeft > 0)
        {
            var left = runsLeft - 1;
            throw Workflow.CreateContinueAsNewException((AwaitedWorkflow next) => next.RunAsync(sleep, left, fails));
        }

        return fails ? throw new ApplicationFailureException("it did not work") : 42;
    }
}
