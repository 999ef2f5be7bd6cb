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

    public static async Task RunAsync(string address)
    {
        var client = await TemporalClient.ConnectAsync(
            OptionsFor(address, Environment.GetEnvironmentVariable(TokenVariable)));
        var options = new TemporalWorkerOptions(BenchWorkflows.Queue)
        {
            MaxConcurrentActivities = 2000,
            MaxConcurrentWorkflowTasks = 1000,
            MaxConcurrentWorkflowTaskPolls = 20,
            MaxConcurrentActivityTaskPolls = 20,
            MaxCachedWorkflows = 2000,
        };
        options.AddWorkflow<OneActivity>().AddWorkflow<ManyActivities>().AddActivity(BenchWorkflows.Echo);
        using var worker = new TemporalWorker(client, options);
        using var stop = new CancellationTokenSource();
        var running = worker.ExecuteAsync(stop.Token);
        ChildProcess.SayReady(address);
        await ChildProcess.UntilParentEndsAsync();
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
