using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Resilience;

[Workflow]
public sealed class PayWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int maximumAttempts)
    {
        var result = await Workflow.ExecuteActivityAsync(
            (BankActivities bank) => bank.PayAsync(),
            RetryPresets.ExternalApi(options =>
            {
                options.RetryPolicy!.MaximumAttempts = maximumAttempts;
                options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
                options.CancellationType = ActivityCancellationType.WaitCancellationCompleted;
            }));
        return $"{result} after {(Workflow.UtcNow - Workflow.Info.StartTime).TotalMinutes:0} min";
    }
}
