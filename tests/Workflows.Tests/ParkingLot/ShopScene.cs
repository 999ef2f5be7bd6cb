using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>An engine, a worker and a parking lot.</summary>
internal sealed class ShopScene(EngineEnvironment env, ShopActivities shop, string queue)
{
    public ShopActivities Shop { get; } = shop;

    public ITemporalClient Client => env.Client;

    public EngineEnvironment Environment => env;

    public WorkflowParkingLot Lot { get; } = new(env.Client);

    public static async Task RunAsync(Func<ShopScene, Task> then)
    {
        await using var env = await EngineEnvironment.StartAsync();
        var scene = new ShopScene(env, new(), $"shop-{Guid.NewGuid():N}");
        using var worker = new TemporalWorker(env.Client, new TemporalWorkerOptions(scene.Queue)
            .AddWorkflow<ShopWorkflow>().AddAllActivities(scene.Shop).UseErrorTranslation());
        await worker.ExecuteAsync(() => then(scene));
    }

    public string Queue { get; } = queue;

    public Task<WorkflowHandle<ShopWorkflow, string>> StartAsync(
        string id, string how, Action<WorkflowOptions>? configure = null)
    {
        var options = new WorkflowOptions(id, Queue);
        configure?.Invoke(options);
        return Client.StartWorkflowAsync((ShopWorkflow workflow) => workflow.RunAsync(how), options);
    }

    /// <summary>Starts one that fails, and waits until it has.</summary>
    public async Task<WorkflowHandle<ShopWorkflow, string>> FailAsync(
        string id, string how, Action<WorkflowOptions>? configure = null)
    {
        var handle = await StartAsync(id, how, configure);
        await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        return handle;
    }

    public async Task<List<ParkedWorkflow>> FindAsync(ParkingLotQuery? query = null)
    {
        var found = new List<ParkedWorkflow>();
        await foreach (var workflow in Lot.FindAsync(query, TestContext.Current.CancellationToken))
        {
            found.Add(workflow);
        }

        return found;
    }

    /// <summary>The result of the workflow's last run.</summary>
    public Task<string> ResultAsync(string id) => Client.GetWorkflowHandle<ShopWorkflow, string>(id).GetResultAsync();
}
