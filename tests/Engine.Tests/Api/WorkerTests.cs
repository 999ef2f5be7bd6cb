using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Workflows run by the official SDK's worker.</summary>
public sealed class WorkerTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Workflow_WhenItCallsAnActivity_ReturnsItsResult()
    {
        var result = await RunAsync("World");

        Assert.Equal("Hello, World!", result);
    }

    [Fact]
    public async Task Workflow_WhenItSleeps_WakesUp()
    {
        var result = await RunAsync("sleep");

        Assert.Equal("rested", result);
    }

    [Fact]
    public async Task Workflow_WhenSignaled_SeesTheSignal()
    {
        using var worker = NewWorker();
        var result = await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("wait", worker.Options.TaskQueue!);
            await handle.SignalAsync(wf => wf.NameAsync("Ada"));
            return await handle.GetResultAsync();
        });

        Assert.Equal("Hello, Ada!", result);
    }

    [Fact]
    public async Task Workflow_WhenQueried_Answers()
    {
        using var worker = NewWorker();
        var names = await worker.ExecuteAsync(async () =>
        {
            var handle = await StartAsync("wait", worker.Options.TaskQueue!);
            var before = await handle.QueryAsync(wf => wf.Name());
            await handle.SignalAsync(wf => wf.NameAsync("Ada"));
            await handle.GetResultAsync();
            return (before, await handle.QueryAsync(wf => wf.Name()));
        });

        Assert.Equal(("", "Ada"), names);
    }

    [Fact]
    public async Task Workflow_WhenStarted_IsListedAtOnce()
    {
        var handle = await StartAsync("wait", "nobody-polls");

        var found = new List<string>();
        await foreach (var run in engine.Client.ListWorkflowsAsync($"WorkflowId = '{handle.Id}'"))
        {
            found.Add(run.Id);
        }

        Assert.Equal([handle.Id], found);
    }

    private async Task<string> RunAsync(string mode)
    {
        using var worker = NewWorker();
        return await worker.ExecuteAsync(async () =>
            await (await StartAsync(mode, worker.Options.TaskQueue!)).GetResultAsync());
    }

    private TemporalWorker NewWorker() => new(
        engine.Client,
        new TemporalWorkerOptions($"queue-{Guid.NewGuid()}")
            .AddWorkflow<GreetingWorkflow>()
            .AddActivity(GreetingWorkflow.GreetAsync));

    private Task<WorkflowHandle<GreetingWorkflow, string>> StartAsync(string mode, string queue) =>
        engine.Client.StartWorkflowAsync(
            (GreetingWorkflow wf) => wf.RunAsync(mode),
            new WorkflowOptions($"greeting-{Guid.NewGuid()}", queue));
}
