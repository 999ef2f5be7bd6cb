using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Samples;

/// <summary>The engine that a sample runs on: in this process, in memory, on a free port, with one worker. Time is skipped while a
/// result is awaited, so that a deadline of three days is over in a moment.</summary>
internal sealed class SampleEngine
{
    private readonly EngineEnvironment _environment;

    private SampleEngine(EngineEnvironment environment) => _environment = environment;

    /// <summary>The queue that the worker polls.</summary>
    public static string TaskQueue => "samples";

    /// <summary>Connected to the engine.</summary>
    public ITemporalClient Client => _environment.Client;

    /// <summary>Starts the engine and the worker, runs the sample, and stops both.</summary>
    /// <param name="configure">Adds the sample's workflows and activities to the worker.</param>
    public static async Task RunAsync(
        Action<TemporalWorkerOptions> configure, Func<SampleEngine, Task> act, CancellationToken cancellationToken)
    {
        await using var environment = await EngineEnvironment.StartAsync();
        var options = new TemporalWorkerOptions(TaskQueue);
        configure(options);
        using var worker = new TemporalWorker(environment.Client, options);
        await worker.ExecuteAsync(() => act(new(environment)), cancellationToken);
    }

    /// <summary>Options that start a workflow on the sample's worker.</summary>
    public static WorkflowOptions Options(string id) => new(id, TaskQueue);

    /// <summary>Lets this much of the engine's time pass.</summary>
    public Task PassAsync(TimeSpan time) => _environment.DelayAsync(time);
}
