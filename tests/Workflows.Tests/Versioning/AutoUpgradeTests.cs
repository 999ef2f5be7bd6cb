using Temporalio.Common;
using static AugmentedOS.Workflows.Tests.Versioning.SubscriptionVersions;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide's recipe of auto-upgrading workflows: runs move to the new code, which needs a patch.</summary>
public sealed class AutoUpgradeTests
{
    [Fact]
    public async Task Run_WhenItUpgradesToPatchedCode_GoesOnOnTheOldBranch()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Before, Patched>(VersioningBehavior.AutoUpgrade, async rollout =>
        {
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            var old = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(old);

            await rollout.MakeCurrentAsync("2", allowNoPollers: true);
            var result = await SubscriptionWorld.CloseAsync(old);
            var fresh = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(fresh);

            Assert.Equal("bill", result);
            Assert.Equal("discount, bill", await SubscriptionWorld.CloseAsync(fresh));
            Assert.Equal(["1", "2"], (await SubscriptionWorld.BuildsOfAsync(old)).Distinct());
            Assert.Equal(["2"], (await SubscriptionWorld.BuildsOfAsync(fresh)).Distinct());
        });
    }

    [Fact]
    public async Task Runs_WhenAVersionRampsToAllOfThem_TakeIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Before, Patched>(VersioningBehavior.AutoUpgrade, async rollout =>
        {
            await rollout.MakeCurrentAsync("1", allowNoPollers: true);
            await rollout.RampAsync("2", 100, allowNoPollers: true);
            var state = await rollout.DescribeAsync();
            var ramped = await world.StartSubscriptionAsync();
            await SubscriptionWorld.BillAsync(ramped);

            Assert.Equal(("1", "2", 100f), (state.Current, state.Ramping, state.Percentage));
            Assert.Equal("discount, bill", await SubscriptionWorld.CloseAsync(ramped));
        });
    }
}
