using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>An engine, a task queue, and workers of one version after another.</summary>
internal sealed class SubscriptionWorld : IAsyncDisposable
{
    /// <summary>What never comes fails its test, and does not hold the others up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EngineEnvironment _environment;

    private SubscriptionWorld(EngineEnvironment environment) => _environment = environment;

    public ITemporalClient Client => _environment.Client;

    public string Queue { get; } = $"subscriptions-{Guid.NewGuid():N}";

    public static async Task<SubscriptionWorld> StartAsync() => new(await EngineEnvironment.StartAsync());

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    /// <summary>Runs a worker of a version while something is done. It keeps no workflow in memory: each task
    /// replays.</summary>
    public async Task WithWorkerAsync<TWorkflow>(Func<Task> body)
    {
        using var worker = NewWorker<TWorkflow>(null, VersioningBehavior.Unspecified);
        await worker.ExecuteAsync(() => body().WaitAsync(Patience));
    }

    /// <summary>Runs workers of two versions, with build ids 1 and 2, while something is done.</summary>
    public async Task WithVersionsAsync<TFirst, TSecond>(
        VersioningBehavior behavior, Func<DeploymentRollout, Task> body)
    {
        var deployment = $"deployment-{Guid.NewGuid():N}";
        using var first = NewWorker<TFirst>(new(deployment, "1"), behavior);
        using var second = NewWorker<TSecond>(new(deployment, "2"), behavior);
        await first.ExecuteAsync(() => second.ExecuteAsync(() => PlayAsync().WaitAsync(Patience)));

        async Task PlayAsync()
        {
            await UntilPolledAsync(new(deployment, "1"));
            await UntilPolledAsync(new(deployment, "2"));
            await body(new DeploymentRollout(Client, deployment));
        }
    }

    /// <summary>The workflow, whichever its run is by now.</summary>
    public WorkflowHandle Latest(WorkflowHandle handle) => Client.GetWorkflowHandle(handle.Id);

    /// <summary>Lets time pass.</summary>
    public Task DelayAsync(TimeSpan delay) => _environment.DelayAsync(delay);

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
            bill = recorded.ActivityTaskScheduledEventAttributes?.ActivityType.Name
                == nameof(SubscriptionActivities.Bill)
                ? recorded.EventId
                : bill;
            isPaid |= bill is not null && recorded.ActivityTaskCompletedEventAttributes?.ScheduledEventId == bill;
            if (isPaid && recorded.WorkflowTaskCompletedEventAttributes is not null)
            {
                return;
            }
        }
    }

    /// <summary>Until its first task is done.</summary>
    public static async Task WaitForTaskAsync(WorkflowHandle handle)
    {
        await foreach (var recorded in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (recorded.WorkflowTaskCompletedEventAttributes is not null)
            {
                return;
            }
        }
    }

    /// <summary>The builds that did its tasks, in their order.</summary>
    public static async Task<IReadOnlyList<string>> BuildsOfAsync(WorkflowHandle handle) =>
    [
        .. (await handle.FetchHistoryAsync()).Events
            .Select(recorded => recorded.WorkflowTaskCompletedEventAttributes?.DeploymentVersion?.BuildId)
            .OfType<string>(),
    ];

    /// <summary>Closes it.</summary>
    /// <returns>What it returned.</returns>
    public static async Task<string> CloseAsync(WorkflowHandle handle)
    {
        await handle.SignalAsync("Close", []);
        return await handle.GetResultAsync<string>();
    }

    /// <summary>Closes it on a worker of a version.</summary>
    /// <returns>What it returned.</returns>
    public async Task<string> CloseOnAsync<TWorkflow>(WorkflowHandle handle)
    {
        var result = "";
        await WithWorkerAsync<TWorkflow>(async () => result = await CloseAsync(handle));
        return result;
    }

    /// <summary>Whether its history replays against a version.</summary>
    public static async Task<ReplayProblem?> ReplayAsync<TWorkflow>(WorkflowHandle handle) =>
        (await HistoryReplay.RunAsync(
            WorkflowBuild.Of(typeof(TWorkflow)),
            RecordedRun.Of(await handle.FetchHistoryAsync(), handle.ResultRunId))).Problem;

    /// <summary>Until a version's worker has asked for workflow tasks and for activities: what another version works on must not
    /// lack a worker when it becomes the current one.</summary>
    private async Task UntilPolledAsync(WorkerDeploymentVersion version)
    {
        var queues = 0;
        while (queues < 2)
        {
            try
            {
                var described = await Client.WorkflowService.DescribeWorkerDeploymentVersionAsync(new()
                {
                    Namespace = Client.Options.Namespace,
                    DeploymentVersion = new() { DeploymentName = version.DeploymentName, BuildId = version.BuildId },
                });
                queues = described.VersionTaskQueues.Count;
            }
            catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
            {
                // It has not asked for anything yet.
            }
        }
    }

    private TemporalWorker NewWorker<TWorkflow>(WorkerDeploymentVersion? version, VersioningBehavior behavior)
    {
        var options = new TemporalWorkerOptions(Queue) { MaxCachedWorkflows = 0 }
            .AddWorkflow<TWorkflow>()
            .AddActivity(SubscriptionActivities.Discount)
            .AddActivity(SubscriptionActivities.Bill);
        if (version is not null)
        {
            options.DeploymentOptions =
                new(version, useWorkerVersioning: true) { DefaultVersioningBehavior = behavior };
        }

        return new TemporalWorker(Client, options);
    }
}
