using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>Sends a letter to each customer.</summary>
[Workflow]
public sealed class MailingWorkflow
{
    public sealed record Plan(
        int Customers,
        int PageSize = 10,
        int PagesPerRun = 2,
        int MaxSetAside = 3,
        int MaxParallel = 4,
        int RetryRounds = 0);

    public static TimeSpan RetryAfter { get; } = TimeSpan.FromHours(3);

    [WorkflowRun]
    public Task<BatchProgress> RunAsync(Plan plan, BatchProgress? progress = null) => Batch.RunAsync(
        new BatchPlan<int>
        {
            ReadAsync = cursor => Workflow.ExecuteActivityAsync((Letters letters) => letters.Read(plan, cursor), Options()),
            KeyOf = customer => $"{customer}",
            DoAsync = (item, cancellationToken) => Workflow.ExecuteActivityAsync(
                (Letters letters) => letters.SendAsync(item.Key, item.Value), Options(cancellationToken)),
            ContinueWith = next => Workflow.CreateContinueAsNewException((MailingWorkflow workflow) => workflow.RunAsync(plan, next)),
            MaxParallel = plan.MaxParallel,
            PagesPerRun = plan.PagesPerRun,
            MaxSetAside = plan.MaxSetAside,
            RetryRounds = plan.RetryRounds,
            RetryAfter = RetryAfter,
        },
        progress);

    private static ActivityOptions Options(CancellationToken? cancellationToken = null) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            NonRetryableErrorTypes = ErrorKinds.NonRetryableTypes,
        },
        CancellationToken = cancellationToken,
    };
}
