using AugmentedOS.EndToEnd.Sdk;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Clock;

/// <summary>Somebody sets the machine's clock back while workflows run.</summary>
public sealed class ClockStepsBackTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Engine_WhenTheClockIsSetBack_GoesOn()
    {
        var clock = new SteppingClock();
        using var host = await StartAsync(clock);
        var client = await ConnectAsync(host);
        using var worker = new TemporalWorker(
            client,
            new TemporalWorkerOptions("clock")
                .AddWorkflow<WaitingWorkflow>().AddWorkflow<NappingWorkflow>().AddActivity(NappingWorkflow.Work));
        await worker.ExecuteAsync(async () =>
        {
            var before = await StartAsync(client, "before");
            await before.SignalAsync(w => w.TellAsync("one"));
            clock.Step(-Hour);

            await before.SignalAsync(w => w.TellAsync("two"));
            Assert.Equal(["one", "two"], await before.QueryAsync(w => w.Told()));
            await NapAsync(client, "nap-1");
            clock.Step(-Hour);
            await NapAsync(client, "nap-2");
            clock.Step(3 * Hour);
            await NapAsync(client, "nap-3");

            await before.SignalAsync(w => w.FinishAsync("all"));
            Assert.Equal("all", await before.GetResultAsync());
            await AssertNothingHappenedBeforeTheStartAsync(before);
            Assert.Equal(4, (await client.CountWorkflowsAsync("ExecutionStatus = 'Completed'")).Count);
        });
        await host.StopAsync();
    }

    /// <summary>The engine's clock does not go back with the machine's, by which callers set their deadlines.</summary>
    [Fact]
    public async Task Poll_WhenTheEnginesClockIsAhead_WaitsAsLongAsItsCallerDoes()
    {
        var clock = new SteppingClock();
        clock.Step(3 * Hour);
        using var host = await StartAsync(clock);
        var client = await ConnectAsync(host);
        var queue = new TaskQueue { Name = "ahead" };
        var poll = client.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = queue, Identity = "poller" },
            new() { Timeout = TimeSpan.FromSeconds(60) });
        var seen = new DescribeTaskQueueResponse();
        while (seen.Pollers.Count == 0 && !poll.IsCompleted)
        {
            seen = await client.WorkflowService.DescribeTaskQueueAsync(
                new() { Namespace = "default", TaskQueue = queue, TaskQueueType = TaskQueueType.Workflow });
        }

        await client.StartWorkflowAsync("Any", [], new("ahead", "ahead"));

        Assert.Equal("ahead", (await poll).WorkflowExecution?.WorkflowId);
        await host.StopAsync();
    }

    private static async Task<IHost> StartAsync(SteppingClock clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static Task<TemporalClient> ConnectAsync(IHost host) => TemporalClient.ConnectAsync(
        new(host.Services.GetRequiredService<IWorkflowEngine>().Address!) { Runtime = QuietRuntime.Instance });

    private static Task<WorkflowHandle<WaitingWorkflow, string>> StartAsync(TemporalClient client, string id) =>
        client.StartWorkflowAsync((WaitingWorkflow waiting) => waiting.RunAsync(), new(id, "clock"));

    private static Task NapAsync(TemporalClient client, string id) =>
        client.ExecuteWorkflowAsync((NappingWorkflow nap) => nap.RunAsync(), new(id, "clock"))
            .WaitAsync(TimeSpan.FromSeconds(30));

    private static async Task AssertNothingHappenedBeforeTheStartAsync(WorkflowHandle handle)
    {
        var events = (await handle.FetchHistoryAsync()).Events;
        var started = events.First().EventTime.ToDateTime();
        Assert.All(events, e => Assert.True(e.EventTime.ToDateTime() >= started, $"{e.EventType} at {e.EventTime}"));
    }

    [Workflow]
    public sealed class NappingWorkflow
    {
        [Temporalio.Activities.Activity]
        public static string Work() => "worked";

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(50));
            await Workflow.ExecuteActivityAsync(() => Work(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(50));
        }
    }
}
