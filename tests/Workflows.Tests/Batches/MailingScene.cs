using AugmentedOS.Testing;
using AugmentedOS.Workflows.Batches;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>One mailing on an engine of its own, in skipped time; each of its runs is replayed at the end.</summary>
internal static class MailingScene
{
    public const string Id = "mailing";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task PlayAsync(
        Letters letters,
        MailingWorkflow.Plan plan,
        Func<WorkflowTest, WorkflowHandle<MailingWorkflow, BatchProgress>, Task> then,
        WorkflowTestOptions? options = null)
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<MailingWorkflow>().AddAllActivities(letters), options);
        try
        {
            await then(test, await StartAsync(test, plan)).WaitAsync(Patience);
        }
        finally
        {
            // The worker waits for its activities before it stops.
            letters.GoesOn.TrySetResult();
        }
    }

    public static Task<WorkflowHandle<MailingWorkflow, BatchProgress>> StartAsync(
        WorkflowTest test, MailingWorkflow.Plan plan, BatchProgress? progress = null, string id = Id) =>
        test.StartWorkflowAsync((MailingWorkflow workflow) => workflow.RunAsync(plan, progress), new() { Id = id });

    /// <summary>Waits until the worker is held at a customer.</summary>
    public static Task HeldAsync(this Letters letters) => letters.Holds.Task.WaitAsync(Patience);

    /// <summary>Asks the latest run.</summary>
    public static Task<BatchProgress> ProgressAsync(this WorkflowTest test, string id = Id) =>
        test.Client.GetWorkflowHandle(id).QueryAsync<BatchProgress>(Batch.ProgressQuery, []);

    /// <summary>Asks until the answer is as wanted.</summary>
    public static async Task<BatchProgress> ProgressAsync(this WorkflowTest test, Func<BatchProgress, bool> isWanted)
    {
        var progress = await test.ProgressAsync();
        for (var end = DateTime.UtcNow + Patience; !isWanted(progress) && DateTime.UtcNow < end;)
        {
            progress = await test.ProgressAsync();
        }

        return progress;
    }

    /// <summary>How many activities the latest run has under way.</summary>
    public static async Task<int> UnderWayAsync(this WorkflowTest test) => (await test.Client.WorkflowService
        .DescribeWorkflowExecutionAsync(new() { Namespace = test.Client.Options.Namespace, Execution = new() { WorkflowId = Id } }))
        .PendingActivities.Count;

    public static IReadOnlyList<string> Keys(int customers) => [.. Enumerable.Range(0, customers).Select(Key)];

    public static string Key(int customer) => $"{Id}/{customer}";
}
