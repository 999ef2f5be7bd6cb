using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Samples.Approvals;

/// <summary>An invoice waits for two of three people, for days; another one for nobody, until its deadline.</summary>
internal static class ApprovalSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<InvoiceWorkflow>().AddAllActivities(new Mail(output)),
        async engine =>
        {
            var invoice = await engine.Client.StartWorkflowAsync(
                (InvoiceWorkflow workflow) => workflow.RunAsync("invoice 1"), SampleEngine.Options("invoice-1"));
            var approval = new ApprovalClient(invoice, "payment");
            try
            {
                await approval.ApproveAsync("eve");
            }
            catch (WorkflowUpdateFailedException refusal)
            {
                await output.WriteLineAsync($"Refused: {WorkflowError.From(refusal).Message}");
            }

            await approval.DelegateAsync("ann", "dora");
            await approval.ApproveAsync("dora", "as ordered");
            await approval.ApproveAsync("bob");
            await output.WriteLineAsync(await invoice.GetResultAsync());

            var forgotten = await engine.Client.StartWorkflowAsync(
                (InvoiceWorkflow workflow) => workflow.RunAsync("invoice 2"), SampleEngine.Options("invoice-2"));
            await output.WriteLineAsync(await forgotten.GetResultAsync());
        },
        cancellationToken);
}
