using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Runs orders on an engine and takes their histories.</summary>
internal static class RecordedOrders
{
    /// <summary>What never comes fails its test, and does not hold the others up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>Runs a worker of one version while something is done.</summary>
    public static async Task WithWorkerAsync<TWorkflow>(EngineEnvironment environment, string queue, Func<Task> body)
    {
        var options = new TemporalWorkerOptions(queue).AddWorkflow<TWorkflow>();
        foreach (var activity in (Delegate[])[OrderActivities.Reserve, OrderActivities.Charge, OrderActivities.Hold])
        {
            options.AddActivity(activity);
        }

        using var worker = new TemporalWorker(environment.Client, options);
        await worker.ExecuteAsync(() => body().WaitAsync(Patience));
    }

    /// <summary>The history of an order of the first version: ended, or still waiting to be paid.</summary>
    public static async Task<RecordedRun> RecordAsync<TWorkflow>(
        EngineEnvironment environment, bool isOpen, string? id = null)
    {
        var queue = NewName("orders");
        RecordedRun? recorded = null;
        await WithWorkerAsync<TWorkflow>(environment, queue, async () =>
        {
            var handle = await StartAsync(environment.Client, queue, id);
            await WaitForReservationAsync(handle);
            if (!isOpen)
            {
                await handle.SignalAsync("Pay", []);
                await handle.GetResultAsync();
            }

            recorded = RecordedRun.Of(await handle.FetchHistoryAsync(), handle.ResultRunId);
        });
        return recorded!;
    }

    public static Task<WorkflowHandle> StartAsync(ITemporalClient client, string queue, string? id = null) =>
        client.StartWorkflowAsync(OrderVersions.Name, [], new(id ?? NewName("order"), queue));

    /// <summary>Until its first activity is done and the task after it too: then it waits for the payment.</summary>
    public static async Task WaitForReservationAsync(WorkflowHandle handle)
    {
        long? scheduled = null;
        var isReserved = false;
        await foreach (var recorded in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (recorded.ActivityTaskScheduledEventAttributes?.ActivityType.Name == nameof(OrderActivities.Reserve))
            {
                scheduled = recorded.EventId;
            }

            isReserved |= scheduled is not null
                && recorded.ActivityTaskCompletedEventAttributes?.ScheduledEventId == scheduled;
            if (isReserved && recorded.WorkflowTaskCompletedEventAttributes is not null)
            {
                return;
            }
        }
    }
}
