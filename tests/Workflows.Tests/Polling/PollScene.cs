using AugmentedOS.Testing;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>One poll on an engine of its own, in skipped time; each of its runs is replayed at the end.</summary>
internal static class PollScene
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task PlayAsync(
        Office office, ReportWorkflow.Way way, Func<WorkflowTest, WorkflowHandle<ReportWorkflow, string>, Task> then) =>
        PlayAsync(office, async test => await then(test, await test.StartWorkflowAsync(
            (ReportWorkflow workflow) => workflow.RunAsync(way, null), new() { Id = "report" })));

    public static async Task PlayAsync(Office office, Func<WorkflowTest, Task> then)
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker
            .AddWorkflow<ReportWorkflow>().AddWorkflow<ClerkWorkflow>().AddWorkflow<UnheardWorkflow>().AddAllActivities(office));
        await then(test).WaitAsync(Patience);
    }
}
