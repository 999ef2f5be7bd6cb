using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Schedules;
using AugmentedOS.Workflows.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Tests.Schedules;

/// <summary>What becomes of declared schedules when hosts start, one after the other, on one server.</summary>
public sealed class ScheduleKeeperTests : IAsyncLifetime
{
    private static readonly ScheduleSpec AtThree =
        new() { CronExpressions = ["0 3 * * *"], TimeZoneName = "Europe/Berlin" };
    private static readonly ScheduleSpec AtFour =
        new() { CronExpressions = ["0 4 * * *"], TimeZoneName = "Europe/Berlin" };

    private EngineEnvironment _server = null!;

    public async ValueTask InitializeAsync() => _server = await EngineEnvironment.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Schedule_WhenNew_IsCreatedOnTheQueueOfItsWorker()
    {
        await DeployAsync(workflows =>
        {
            workflows.AddWorker("reports").AddWorkflow<NightlyWorkflow>();
            workflows.AddSchedule<NightlyWorkflow>("nightly", AtThree, workflow => workflow.RunAsync("north"));
        });

        var action = (ScheduleActionStartWorkflow)(await DescribeAsync("nightly")).Schedule.Action;
        Assert.Equal(
            ("NightlyWorkflow", "reports", "nightly"), (action.Workflow, action.Options.TaskQueue, action.Options.Id));
        Assert.Equal("north", await Assert.IsAssignableFrom<Temporalio.Converters.IEncodedRawValue>(
            Assert.Single(action.Args)).ToValueAsync<string>());
    }

    [Fact]
    public async Task Schedule_WhenItsTimeComes_StartsTheWorkflow()
    {
        var started = await DeployAsync(
            workflows =>
            {
                workflows.AddWorker("reports").AddWorkflow<NightlyWorkflow>();
                workflows.AddSchedule<NightlyWorkflow>(
                    "nightly", AtThree, workflow => workflow.RunAsync("north"),
                    schedule => schedule.TriggerWhenCreated = true);
            },
            async client =>
            {
                var run =
                    (await client.GetScheduleHandle("nightly").DescribeAsync()).Info.RecentActions.Single().Action;
                return ((ScheduleActionExecutionStartWorkflow)run).WorkflowId;
            });

        Assert.Equal(
            "north", await _server.Client.GetWorkflowHandle<NightlyWorkflow, string>(started!).GetResultAsync());
    }

    [Fact]
    public async Task Schedule_WhenEqual_IsLeftAlone()
    {
        await DeployAsync(Nightly(AtThree));
        var before = await DescribeAsync("nightly");

        await DeployAsync(Nightly(AtThree));

        var after = await DescribeAsync("nightly");
        Assert.Equal(
            (before.Info.CreatedAt, before.Info.LastUpdatedAt), (after.Info.CreatedAt, after.Info.LastUpdatedAt));
    }

    [Fact]
    public async Task Schedule_WhenItDiffers_IsUpdatedAndStaysPaused()
    {
        await DeployAsync(Nightly(AtThree));
        await _server.Client.GetScheduleHandle("nightly").PauseAsync("stock-taking");

        await DeployAsync(Nightly(AtFour));

        var found = await DescribeAsync("nightly");
        Assert.Equal(4, Assert.Single(Assert.Single(found.Schedule.Spec.Calendars).Hour).Start);
        Assert.Equal((true, "stock-taking"), (found.Schedule.State.Paused, found.Schedule.State.Note));
    }

    [Fact]
    public async Task Schedule_WhenSomebodyEditedIt_IsAsDeclaredAgain()
    {
        await DeployAsync(Nightly(AtThree));
        await _server.Client.GetScheduleHandle("nightly").UpdateAsync(input => new ScheduleUpdate(
            input.Description.Schedule with { Policy = new SchedulePolicy { PauseOnFailure = true } }));

        await DeployAsync(Nightly(AtThree));

        Assert.False((await DescribeAsync("nightly")).Schedule.Policy.PauseOnFailure);
    }

    [Fact]
    public async Task Schedule_WhenNoLongerDeclared_IsRemoved()
    {
        await DeployAsync(workflows => Nightly(AtThree)(workflows.AddSchedule<NightlyWorkflow>(
            "weekly", AtFour, configure: schedule => schedule.Workflow.TaskQueue = "reports")));
        Assert.Equal(["nightly", "weekly"], await IdsAsync());

        await DeployAsync(Nightly(AtThree));
        Assert.Equal(["nightly"], await IdsAsync());

        await DeployAsync(workflows => workflows.KeepSchedules());
        Assert.Empty(await IdsAsync());
    }

    [Fact]
    public async Task Schedules_WhenTheyAreOthers_AreNeverTouched()
    {
        await CreateByHandAsync("by-hand");
        await DeployAsync(Nightly(AtThree), owner: "billing");

        await DeployAsync(workflows => workflows.KeepSchedules(), owner: "shipping");

        Assert.Equal(["by-hand", "nightly"], await IdsAsync());
    }

    [Theory]
    [InlineData(false, "has no owner")]
    [InlineData(true, "belongs to 'billing'")]
    public async Task Schedule_WhenItsIdIsSomebodyElses_FailsTheStartAndSaysWhatToDo(bool declared, string whose)
    {
        await (declared ? DeployAsync(Nightly(AtThree), owner: "billing") : CreateByHandAsync("nightly"));

        var problem = await Assert.ThrowsAsync<WorkflowsConfigurationException>(
            () => DeployAsync(Nightly(AtFour), owner: "shipping"));

        Assert.Contains(
            $"The schedule 'nightly' exists and {whose}, not to 'shipping'", problem.Message, StringComparison.Ordinal);
        Assert.NotEqual(
            4, (await DescribeAsync("nightly")).Schedule.Spec.Calendars.FirstOrDefault()?.Hour.Single().Start);
    }

    [Theory]
    [InlineData(false, "which no worker of this application has")]
    [InlineData(true, "which workers on a, b have")]
    public async Task Schedule_WhenItsQueueIsUnclear_FailsTheStartAndSaysWhatToDo(bool many, string why)
    {
        var problem = await Assert.ThrowsAsync<WorkflowsConfigurationException>(() => DeployAsync(workflows =>
        {
            workflows.AddSchedule<NightlyWorkflow>("nightly", AtThree);
            foreach (var queue in many ? ["a", "b"] : Array.Empty<string>())
            {
                workflows.AddWorker(queue).AddWorkflow<NightlyWorkflow>();
            }
        }));

        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_WhenTwoInstancesStartTogether_AreCreatedOnce()
    {
        await Task.WhenAll(DeployAsync(Nightly(AtThree)), DeployAsync(Nightly(AtThree)));

        Assert.Equal(["nightly"], await IdsAsync());
    }

    private static Action<WorkflowsBuilder> Nightly(ScheduleSpec spec) =>
        workflows => workflows.AddSchedule<NightlyWorkflow>(
        "nightly", spec, configure: schedule => schedule.Workflow.TaskQueue = "reports");

    private Task<string?> DeployAsync(Action<WorkflowsBuilder> declare, string? owner = null) =>
        DeployAsync(declare, _ => Task.FromResult<string?>(null), owner);

    /// <summary>A host of the application that starts and stops.</summary>
    private async Task<string?> DeployAsync(
        Action<WorkflowsBuilder> declare, Func<ITemporalClient, Task<string?>> look, string? owner = null)
    {
        var builder = Apps.Builder(
            new("Workflows:Profile", "Cluster"), new("Workflows:Address", _server.Address),
            new("Workflows:Owner", owner));
        declare(builder.AddWorkflows());
        using var host = builder.Build();
        await host.StartAsync();
        var seen = await look(host.Client());
        if (seen is not null)
        {
            // The worker has to do what the schedule started.
            await host.Client().GetWorkflowHandle(seen).GetResultAsync();
        }

        await host.StopAsync();
        return seen;
    }

    private async Task CreateByHandAsync(string id) => await _server.Client.CreateScheduleAsync(id, new Schedule(
        ScheduleActionStartWorkflow.Create("NightlyWorkflow", [], new("by-hand", "reports")), AtThree));

    private Task<ScheduleDescription> DescribeAsync(string id) => _server.Client.GetScheduleHandle(id).DescribeAsync();

    private async Task<List<string>> IdsAsync()
    {
        var ids = new List<string>();
        await foreach (var entry in _server.Client.ListSchedulesAsync())
        {
            ids.Add(entry.Id);
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }
}
