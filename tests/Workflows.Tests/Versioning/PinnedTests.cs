using AugmentedOS.Workflows.Versioning;
using Temporalio.Common;
using static AugmentedOS.Workflows.Tests.Versioning.SubscriptionVersions;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide's recipe of pinned workflows: two versions of workers, and a change without a patch.</summary>
public sealed class PinnedTests
{
    [Fact]
    public async Task Run_WhenItIsPinned_StaysOnItsCodeAndNewOnesTakeTheNewCode()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Before, Removed>(VersioningBehavior.Pinned, async rollout =>
        {
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            var old = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(old);

            await rollout.MakeCurrentAsync("2", allowNoPollers: true);
            var fresh = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(fresh);

            Assert.Equal("bill", await SubscriptionWorld.CloseAsync(old));
            Assert.Equal("discount, bill", await SubscriptionWorld.CloseAsync(fresh));
        });
    }

    [Fact]
    public async Task Version_WhenItsLastPinnedRunHasEnded_IsDrainedAndMayGo()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Before, Removed>(VersioningBehavior.Pinned, async rollout =>
        {
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            var old = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(old);
            await rollout.MakeCurrentAsync("2", allowNoPollers: true);

            await world.DelayAsync(TimeSpan.FromMinutes(10));
            var open = await rollout.DescribeAsync();
            await SubscriptionWorld.CloseAsync(old);
            var ended = await rollout.DescribeAsync();
            for (var minutes = 0; ended.Versions["1"] != VersionStatus.Drained && minutes < 60; minutes += 5)
            {
                // The server looks every few minutes whether somebody is left.
                await world.DelayAsync(TimeSpan.FromMinutes(5));
                ended = await rollout.DescribeAsync();
            }

            Assert.Equal(("2", VersionStatus.Draining), (open.Current, open.Versions["1"]));
            Assert.Equal((VersionStatus.Drained, VersionStatus.Current), (ended.Versions["1"], ended.Versions["2"]));
        });
    }
}
