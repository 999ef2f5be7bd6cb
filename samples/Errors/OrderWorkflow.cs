using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Errors;

/// <summary>Charges a card. How long a bank may be down is the preset's affair: six hours.</summary>
[Workflow]
public sealed class OrderWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string order) => Workflow.ExecuteActivityAsync(
        (BankActivities bank) => bank.Charge(order), RetryPresets.PaymentProvider());
}
