using AugmentedOS.Workflows.Waiting;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Waiting;

[Workflow]
internal sealed class DeliveryWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string invoice, WaitOptions options)
    {
        var end = await WorkflowWait.ForEndAsync(invoice, options: options);
        return end.Kind switch
        {
            WorkflowEndKind.Completed => $"sent: {end.ResultAs<Payment>()!.By} has paid",
            WorkflowEndKind.StillOpen => "not sent: nobody has paid in a week",
            _ => $"not sent: {end.Kind}",
        };
    }
}
