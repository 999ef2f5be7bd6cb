using AugmentedOS.EndToEnd.Sdk;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Testing.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddWorkflowEngine(options =>
        {
            options.DatabasePath = WorkflowEngineOptions.InMemory;
            options.Port = 0;
        });
        using var host = builder.Build();
        await host.StartAsync();
        var client = await TemporalClient.ConnectAsync(
            new(host.Services.GetRequiredService<IWorkflowEngine>().Address!) { Runtime = QuietRuntime.Instance });
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
