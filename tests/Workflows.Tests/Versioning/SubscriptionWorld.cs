using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>An engine, a task queue, and workers of one version after another.</summary>
internal sealed class SubscriptionWorld : IAsyncDisposable
{
    private readonly EngineEnvironment _environment;

    private SubscriptionWorld(EngineEnvironment environment) => _environment = environment;

    public ITemporalClient Client => _environment.Client;

    public string Queue { get; } = $"subscriptions-{Guid.NewGuid():N}";

    public static async Task<SubscriptionWorld> StartAsync() => new(await EngineEnvironment.StartAsync());

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    /// <summary>Runs a worker of a version while something is done. It keeps no workflow in memory: each task replays.</summary>
    public async Task WithWorkerAsync<TWorkflow>(Func<Task> body)
    {
        var options = new TemporalWorkerOptions(Queue) { MaxCachedWorkflows = 0 }
            .AddWorkflow<TWorkflow>()
            .AddActivity(SubscriptionActivities.Discount)
            .AddActivity(SubscriptionActivities.Bill);
        using var worker = new TemporalWorker(Client, options);
        await worker.ExecuteAsync(body);
    }

    public Task<WorkflowHandle> StartSubscriptionAsync(string? id = null) => Client.StartWorkflowAsync(
        SubscriptionVersions.Name, [], new(id ?? $"subscription-{Guid.NewGuid():N}", Queue));

    /// <summary>One that was billed by a version and goes on.</summary>
    public async Task<WorkflowHandle> BilledByAsync<TWorkflow>()
    {
        var handle = await StartSubscriptionAsync();
        await WithWorkerAsync<TWorkflow>(() => BillAsync(handle));
        return handle;
    }

    /// <summary>Bills it, and waits until its worker has seen the bill.</summary>
    public static async Task BillAsync(WorkflowHandle handle)
    {
        await handle.SignalAsync("Bill", []);
        var isPaid = false;
        long? bill = null;
        await foreach (var recorded in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            bill = recorded.ActivityTaskScheduledEventAttributes?.ActivityType.Name == nameof(SubscriptionActivities.Bill)
                ? recorded.EventId
                : bill;
            isPaid |= bill is not null && recorded.ActivityTaskCompletedEventAttributes?.ScheduledEventId == bill;
            if (isPaid && recorded.WorkflowTaskCompletedEventAttributes is not null)
            {
                return;
            }
        }
    }

    /// <summary>Closes it on a worker of a version.</summary>
    /// <returns>What it returned.</returns>
    public async Task<string> CloseOnAsync<TWorkflow>(WorkflowHandle handle)
    {
        var result = "";
        await WithWorkerAsync<TWorkflow>(async () =>
        {
            await handle.SignalAsync("Close", []);
            result = await handle.GetResultAsync<string>();
        });
        return result;
    }

    /// <summary>Whether its history replays against a version.</summary>
    public static async Task<ReplayProblem?> ReplayAsync<TWorkflow>(WorkflowHandle handle) =>
        (await HistoryReplay.RunAsync(
            WorkflowBuild.Of(typeof(TWorkflow)), RecordedRun.Of(await handle.FetchHistoryAsync(), handle.ResultRunId))).Problem;
}
