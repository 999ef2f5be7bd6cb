using AugmentedOS.Testing;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Samples;

/// <summary>The engine that a sample runs on, with one worker: the test kit's, in this process and in memory. Time is
/// skipped while a result is awaited, so that a deadline of three days is over in a moment, and stands still otherwise.
/// An application has
/// <c>builder.AddWorkflows()</c> instead: see the sample <c>hosting</c>.</summary>
internal sealed class SampleEngine
{
    private readonly WorkflowTest _test;

    private SampleEngine(WorkflowTest test) => _test = test;

    /// <summary>The queue that the worker polls.</summary>
    public static string TaskQueue => "samples";

    /// <summary>Connected to the engine.</summary>
    public ITemporalClient Client => _test.Client;

    /// <summary>Starts the engine and the worker, runs the sample, and stops both; what ran is replayed once
    /// more.</summary>
    /// <param name="configure">Adds the sample's workflows and activities to the worker.</param>
    public static async Task RunAsync(
        Action<TemporalWorkerOptions> configure, Func<SampleEngine, Task> act, CancellationToken cancellationToken)
    {
        await using var test = await WorkflowTest.StartAsync(worker =>
        {
            worker.TaskQueue = TaskQueue;
            configure(worker);
        });
        await act(new(test)).WaitAsync(cancellationToken);
    }

    /// <summary>Options that start a workflow on the sample's worker.</summary>
    public static WorkflowOptions Options(string id) => new(id, TaskQueue);

    /// <summary>Lets this much of the engine's time pass.</summary>
    public Task PassAsync(TimeSpan time) => _test.DelayAsync(time);
}
