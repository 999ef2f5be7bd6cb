using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>An engine of its own for one test: start it in this process, run a workflow that sleeps 30 days with the
/// official worker, stop.</summary>
internal static class TestEnvironments
{
    private const int Rounds = 40;

    public static async Task<Report> RunAsync()
    {
        var (start, run, stop, whole) = (new Samples(), new Samples(), new Samples(), new Samples());
        var first = await MeasureAsync(new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            whole.Add(await MeasureAsync(start, run, stop));
        }

        return new Report("testenv")
            .Add("first_ms", first.TotalMilliseconds)
            .Add("p50_ms", whole.Percentile(0.5), "<= 60")
            .Add("p90_ms", whole.Percentile(0.9))
            .Add("start_p50_ms", start.Percentile(0.5))
            .Add("run_p50_ms", run.Percentile(0.5))
            .Add("stop_p50_ms", stop.Percentile(0.5));
    }

    private static async Task<TimeSpan> MeasureAsync(Samples start, Samples run, Samples stop)
    {
        var watch = Stopwatch.StartNew();
        var env = await EngineEnvironment.StartAsync();
        var started = watch.Elapsed;
        using (var worker = new TemporalWorker(
            env.Client, new TemporalWorkerOptions("queue").AddWorkflow<MonthWorkflow>()))
        {
            await worker.ExecuteAsync(() => env.Client.ExecuteWorkflowAsync(
                (MonthWorkflow workflow) => workflow.RunAsync(), new WorkflowOptions("month", "queue")));
        }

        var ran = watch.Elapsed;
        await env.DisposeAsync();
        var stopped = watch.Elapsed;
        start.Add(started);
        run.Add(ran - started);
        stop.Add(stopped - ran);
        return stopped;
    }

    [Workflow]
    public sealed class MonthWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.DelayAsync(TimeSpan.FromDays(30));
    }
}
