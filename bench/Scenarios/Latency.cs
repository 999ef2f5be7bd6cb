using System.Collections.Concurrent;
using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>100 starts a second while 10,000 workflows are open: how long a start takes, and how long from the completion
/// of a step (an activity) to the next workflow task in a poller's hands.</summary>
/// <remarks>Calls are sent on schedule, whether or not earlier ones have been answered, so that a stall is seen by all
/// that it delays.</remarks>
internal static class Latency
{
    private const int OpenCount = 10_000;
    private const int StartsPerSecond = 100;
    private const int Seconds = 30;
    private const int WarmUpSeconds = 5;
    private const int Pollers = 16;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        await OpenWorkflows.OpenAsync(client, OpenCount);

        var load = new Load(new RawWorker(client, "latency"));
        await load.RunAsync(StartsPerSecond * WarmUpSeconds, "warm");
        load.Forget();
        await load.RunAsync(StartsPerSecond * Seconds, "run");
        return new Report("latency")
            .Add("open_workflows", OpenCount)
            .Add("starts_per_second", StartsPerSecond)
            .Add("start_p50_ms", load.Starts.Percentile(0.5))
            .Add("start_p99_ms", load.Starts.Percentile(0.99), "<= 15")
            .Add("start_p999_ms", load.Starts.Percentile(0.999))
            .Add("step_p50_ms", load.Steps.Percentile(0.5))
            .Add("step_p99_ms", load.Steps.Percentile(0.99), "<= 10")
            .Add("step_p999_ms", load.Steps.Percentile(0.999))
            .Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }

    private sealed class Load(RawWorker worker)
    {
        private readonly ConcurrentDictionary<string, long> _stepEnded = new();
        private int _finished;

        public Samples Starts { get; private set; } = new();

        public Samples Steps { get; private set; } = new();

        public void Forget() => (Starts, Steps) = (new Samples(), new Samples());

        public async Task RunAsync(int count, string prefix)
        {
            _finished = 0;
            using var done = new CancellationTokenSource();
            var workers = Enumerable.Range(0, Pollers).SelectMany(_ => new[]
            {
                UntilDone(() => WorkflowTaskAsync(count, done), done.Token),
                UntilDone(() => ActivityAsync(done.Token), done.Token),
            }).ToList();
            var interval = TimeSpan.FromSeconds(1.0 / StartsPerSecond);
            using var timer = new PeriodicTimer(interval);
            var starts = new List<Task>();
            for (var number = 0; number < count; number++)
            {
                await timer.WaitForNextTickAsync();
                starts.Add(StartAsync($"{prefix}-{number}"));
            }

            await Task.WhenAll(starts.Concat(workers));
        }

        private async Task StartAsync(string id)
        {
            var began = Stopwatch.GetTimestamp();
            await worker.StartAsync(id);
            Starts.Add(Stopwatch.GetElapsedTime(began));
        }

        private async Task WorkflowTaskAsync(int count, CancellationTokenSource done)
        {
            if (await worker.PollAsync(done.Token) is not { } task)
            {
                return;
            }

            if (_stepEnded.TryRemove(task.WorkflowExecution.WorkflowId, out var ended))
            {
                Steps.Add(Stopwatch.GetElapsedTime(ended));
                await worker.CompleteAsync(task.TaskToken, new Temporalio.Api.Command.V1.Command
                {
                    CommandType = Temporalio.Api.Enums.V1.CommandType.CompleteWorkflowExecution,
                    CompleteWorkflowExecutionCommandAttributes = new(),
                });
                if (Interlocked.Increment(ref _finished) == count)
                {
                    await done.CancelAsync();
                }
            }
            else
            {
                await worker.CompleteAsync(task.TaskToken, worker.Activity("step"));
            }
        }

        private async Task ActivityAsync(CancellationToken done)
        {
            if (await worker.PollActivityAsync(done) is { } task)
            {
                _stepEnded[task.WorkflowExecution.WorkflowId] = Stopwatch.GetTimestamp();
                await worker.CompleteActivityAsync(task.TaskToken);
            }
        }

        private static async Task UntilDone(Func<Task> action, CancellationToken done)
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    await action();
                }
                catch (Exception ended) when (done.IsCancellationRequested
                    && ended is OperationCanceledException or Temporalio.Exceptions.RpcException)
                {
                    return;
                }
            }
        }
    }
}
