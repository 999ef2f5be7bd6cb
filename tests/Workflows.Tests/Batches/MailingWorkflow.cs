using System.Collections.Concurrent;
using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>Sends a letter to each customer.</summary>
[Workflow]
public sealed class MailingWorkflow
{
    public sealed record Plan(int Customers, int PageSize = 10, int PagesPerRun = 2, int MaxSetAside = 3);

    [WorkflowRun]
    public Task<BatchProgress> RunAsync(Plan plan, BatchProgress? progress = null) => Batch.RunAsync(
        new BatchPlan<int>
        {
            ReadAsync = cursor => Workflow.ExecuteActivityAsync((Letters letters) => letters.Read(plan, cursor), Options()),
            KeyOf = customer => $"{customer}",
            DoAsync = (item, cancellationToken) => Workflow.ExecuteActivityAsync(
                (Letters letters) => letters.SendAsync(item.Key, item.Value), Options(cancellationToken)),
            ContinueWith = next => Workflow.CreateContinueAsNewException((MailingWorkflow workflow) => workflow.RunAsync(plan, next)),
            MaxParallel = 4,
            PagesPerRun = plan.PagesPerRun,
            MaxSetAside = plan.MaxSetAside,
        },
        progress);

    private static ActivityOptions Options(CancellationToken? cancellationToken = null) =>
        new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), CancellationToken = cancellationToken };

    /// <summary>Pages of numbers, and who got a letter how often.</summary>
    public sealed class Letters
    {
        public ConcurrentDictionary<string, int> Sent { get; } = [];

        public HashSet<int> Unknown { get; } = [];

        /// <summary>The customer at whom the worker waits for the test.</summary>
        public int? HoldsAt { get; set; }

        public TaskCompletionSource Holds { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoesOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity]
        public BatchPage<int> Read(Plan plan, string? cursor)
        {
            var from = int.Parse(cursor ?? "0");
            var to = Math.Min(from + plan.PageSize, plan.Customers);
            return new([.. Enumerable.Range(from, to - from)], to < plan.Customers ? $"{to}" : null);
        }

        [Activity]
        public async Task SendAsync(string key, int customer)
        {
            if (Unknown.Contains(customer))
            {
                throw Fail.NotFound($"no customer {customer}");
            }

            if (customer == HoldsAt)
            {
                Holds.TrySetResult();
                await GoesOn.Task;
            }

            Sent.AddOrUpdate(key, 1, (_, times) => times + 1);
        }
    }
}
