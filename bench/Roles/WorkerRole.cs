using AugmentedOS.Bench.Processes;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Bench.Roles;

/// <summary>The official .NET worker in a process of its own.</summary>
internal static class WorkerRole
{
    /// <summary>The environment variable with the token that the worker proves itself with.</summary>
    public const string TokenVariable = "BENCH_TOKEN";

    public static TemporalClientConnectOptions OptionsFor(string address, string? token) => new(address)
    {
        RpcMetadata = token is null ? null : new Dictionary<string, string> { ["authorization"] = $"Bearer {token}" },
    };

    /// <summary>What every worker here is.</summary>
    public static void Configure(TemporalWorkerOptions options)
    {
        options.MaxConcurrentActivities = 2000;
        options.MaxConcurrentWorkflowTasks = 1000;
        options.MaxConcurrentWorkflowTaskPolls = 20;
        options.MaxConcurrentActivityTaskPolls = 20;
        options.MaxCachedWorkflows = 2000;
        options.AddWorkflow<OneActivity>().AddWorkflow<ManyActivities>().AddActivity(BenchWorkflows.Echo);
    }

    public static async Task RunAsync(string address)
    {
        var client = await TemporalClient.ConnectAsync(
            OptionsFor(address, Environment.GetEnvironmentVariable(TokenVariable)));
        var options = new TemporalWorkerOptions(BenchWorkflows.Queue);
        Configure(options);
        using var worker = new TemporalWorker(client, options);
        using var stop = new CancellationTokenSource();
        var running = worker.ExecuteAsync(stop.Token);
        ChildProcess.SayReady(address);
        await ChildProcess.UntilParentEndsAsync();
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
