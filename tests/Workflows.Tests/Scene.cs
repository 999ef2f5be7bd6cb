using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests;

/// <summary>An engine of its own with one worker, for one test. When the test is through, each run that it made is replayed.</summary>
internal sealed record Scene(EngineEnvironment Environment, TemporalWorkerOptions Worker)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public ITemporalClient Client => Environment.Client;

    public string TaskQueue => Worker.TaskQueue!;

    public WorkflowOptions Options(string id) => new(id, TaskQueue);

    public static async Task PlayAsync(
        Action<TemporalWorkerOptions> configure, Func<Scene, Task> act, Action<WorkflowEngineOptions>? engine = null)
    {
        await using var environment = await EngineEnvironment.StartAsync(engine);
        var options = new TemporalWorkerOptions($"queue-{Guid.NewGuid():N}")
        {
            // A mistake in workflow code fails the test at once, where production would try the task again until it is mended.
            WorkflowFailureExceptionTypes = [typeof(Exception)],
        };
        configure(options);
        using (var worker = new TemporalWorker(environment.Client, options))
        {
            await worker.ExecuteAsync(() => act(new(environment, options)).WaitAsync(Limit));
        }

        await ReplayAllAsync(environment.Client, options);
    }

    public static async Task ReplayAllAsync(ITemporalClient client, TemporalWorkerOptions options)
    {
        var replayer = new WorkflowReplayer(ReplayOptions(options));
        await foreach (var run in client.ListWorkflowsAsync(""))
        {
            await replayer.ReplayWorkflowAsync(await client.GetWorkflowHandle(run.Id, run.RunId).FetchHistoryAsync());
        }
    }

    private static WorkflowReplayerOptions ReplayOptions(TemporalWorkerOptions worker)
    {
        var options = new WorkflowReplayerOptions
        {
            WorkflowFailureExceptionTypes = worker.WorkflowFailureExceptionTypes,
        };
        foreach (var workflow in worker.Workflows)
        {
            options.AddWorkflow(workflow);
        }

        return options;
    }
}
