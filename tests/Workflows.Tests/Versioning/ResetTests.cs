using AugmentedOS.Workflows.Replay;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using static AugmentedOS.Workflows.Tests.Versioning.SubscriptionVersions;
using VersioningBehavior = Temporalio.Common.VersioningBehavior;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide's recipe of moving by reset: what was done since a point is done again, by other code.</summary>
public sealed class ResetTests
{
    [Fact]
    public async Task Run_WhenNewCodeCannotGoOnWithIt_IsResetToTheLastPointFromWhichItCan()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var old = await world.BilledByAsync<Before>();
        var runs = new InFlightRuns(world.Client);
        var open = await SingleAsync(runs);

        var run = await runs.ResetToLastSafePointAsync(open, WorkflowBuild.Of(typeof(Removed)));

        Assert.NotNull(run);
        Assert.Equal("discount, bill", await world.CloseOnAsync<Removed>(world.Latest(old)));
        Assert.Equal(run, (await world.Latest(old).DescribeAsync()).RunId);
    }

    [Fact]
    public async Task Run_WhenNewCodeCanGoOnWithIt_IsLeftAlone()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.BilledByAsync<Before>();
        var runs = new InFlightRuns(world.Client);

        Assert.Null(await runs.ResetToLastSafePointAsync(await SingleAsync(runs), WorkflowBuild.Of(typeof(Patched))));
    }

    [Fact]
    public async Task Run_WhenItTookAPatch_IsResetToChooseAgain()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var patched = await world.BilledByAsync<Patched>();
        var recorded = await RecordAsync(patched);

        var point = ResetPoint.BeforePatch(recorded, "discounts");
        await new InFlightRuns(world.Client).ResetAsync(patched.Id, recorded.RunId, point!);

        Assert.Equal("bill", await world.CloseOnAsync<Before>(world.Latest(patched)));
        Assert.Null(ResetPoint.BeforePatch(recorded, "another"));
    }

    [Fact]
    public async Task Run_WhenAVersionDidHarm_IsResetToBeforeThatVersion()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Before, Patched>(VersioningBehavior.AutoUpgrade, async rollout =>
        {
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            var handle = await world.StartSubscriptionAsync();
            await SubscriptionWorld.WaitForTaskAsync(handle);
            await rollout.MakeCurrentAsync("2", allowNoPollers: true);
            await SubscriptionWorld.BillAsync(handle);
            var recorded = await RecordAsync(handle);

            var point = ResetPoint.BeforeBuild(recorded, "2")!;
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            await new InFlightRuns(world.Client).ResetAsync(handle.Id, recorded.RunId, point);

            Assert.Equal("bill", await SubscriptionWorld.CloseAsync(world.Latest(handle)));
            Assert.Null(ResetPoint.BeforeBuild(recorded, "3"));
        });
    }

    [Fact]
    public async Task Point_WhenTheCodeDiffersLate_IsTheTaskThatDidWhatItDoesNotDo()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var handle = await world.StartSubscriptionAsync();
        await world.WithWorkerAsync<Before>(async () =>
        {
            await SubscriptionWorld.WaitForTaskAsync(handle);
            await SubscriptionWorld.BillAsync(handle);
        });
        var recorded = await RecordAsync(handle);

        var point = await ResetPoint.LastSafeAsync(WorkflowBuild.Of(typeof(Removed)), recorded);

        var bill = recorded.History.Events.Select(e => e.ActivityTaskScheduledEventAttributes)
            .OfType<ActivityTaskScheduledEventAttributes>().Single();
        Assert.Equal(bill.WorkflowTaskCompletedEventId, point?.EventId);
        Assert.True(point?.EventId > 4);
        Assert.Contains("ActivityTaskScheduled 'Bill'", point?.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Point_WhenTheCodeFailsWhereNoEventTells_IsTheFirstTask()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var recorded = await RecordAsync(await world.BilledByAsync<Before>());

        var point = await ResetPoint.LastSafeAsync(WorkflowBuild.Of(typeof(Broken)), recorded);

        var first = recorded.History.Events.First(e => e.WorkflowTaskCompletedEventAttributes is not null);
        Assert.Equal(first.EventId, point?.EventId);
        Assert.Contains("InvalidCastException", point?.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Point_WhenTheRunHasDoneNothingYet_IsRefusedOrNotNeeded()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var fresh = await world.StartSubscriptionAsync();
        var recorded = await RecordAsync(fresh);

        Assert.Null(ResetPoint.BeforeBuild(recorded, "1"));
        Assert.Null(await ResetPoint.LastSafeAsync(WorkflowBuild.Of(typeof(Removed)), recorded));
    }

    private static async Task<RecordedRun> RecordAsync(WorkflowHandle handle) =>
        RecordedRun.Of(await handle.FetchHistoryAsync(), handle.ResultRunId);

    private static async Task<OpenRun> SingleAsync(InFlightRuns runs)
    {
        var found = new List<OpenRun>();
        await foreach (var run in runs.ListAsync(SubscriptionVersions.Name))
        {
            found.Add(run);
        }

        return Assert.Single(found);
    }
}
