using AugmentedOS.Workflows.Polling;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Polling;

[Workflow]
internal sealed class ClearingWorkflow
{
    // Asks every day for a week. However often that is, it is one activity in history.
    [WorkflowRun]
    public Task<string> RunAsync(string payment) => Workflow.ExecuteActivityAsync(
        (Bank bank) => bank.ReceiptAsync(payment),
        Poll.Infrequent(interval: TimeSpan.FromDays(1), deadline: TimeSpan.FromDays(7)));
}
