using System.Diagnostics;
using AugmentedOS.Bench.Roles;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>So many one-activity workflows at a time, each started when one has ended.</summary>
internal static class OneActivityLoad
{
    /// <returns>How long all of them took.</returns>
    public static async Task<TimeSpan> RunAsync(ITemporalClient client, int count, int atATime, string prefix)
    {
        var next = 0;
        var watch = Stopwatch.StartNew();
        var lanes = Enumerable.Range(0, atATime).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= count)
            {
                await client.ExecuteWorkflowAsync(
                    (OneActivity workflow) => workflow.RunAsync("hello"),
                    new WorkflowOptions($"{prefix}-{number}", BenchWorkflows.Queue));
            }
        });
        await Task.WhenAll(lanes);
        return watch.Elapsed;
    }
}
