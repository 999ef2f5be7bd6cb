using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Batches;

[Workflow]
internal sealed class MailingWorkflow
{
    [WorkflowRun]
    public Task<BatchProgress> RunAsync(int customers, BatchProgress? progress) => Batch.RunAsync(
        new BatchPlan<int>
        {
            ReadAsync = cursor => Workflow.ExecuteActivityAsync(
                (Letters letters) => letters.Read(cursor, customers), RetryPresets.Database()),
            KeyOf = customer => $"{customer}",
            DoAsync = (item, cancellationToken) => Workflow.ExecuteActivityAsync(
                (Letters letters) => letters.Send(item.Key, item.Value),
                RetryPresets.Email(options => options.CancellationToken = cancellationToken)),
            ContinueWith = next => Workflow.CreateContinueAsNewException(
                (MailingWorkflow workflow) => workflow.RunAsync(customers, next)),
            PagesPerRun = 5,
            MaxSetAside = 10,
            RetryRounds = 1,
            RetryAfter = TimeSpan.FromDays(1),
        },
        progress);
}
