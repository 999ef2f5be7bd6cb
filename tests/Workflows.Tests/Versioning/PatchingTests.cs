using AugmentedOS.Workflows.Versioning;
using static AugmentedOS.Workflows.Tests.Versioning.SubscriptionVersions;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide's recipe of patching: each step of a patch's life, with runs of the steps before it.</summary>
public sealed class PatchingTests
{
    [Fact]
    public async Task Patch_WhenTheRunIsFromBeforeIt_TakesTheOldBranch()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var old = await world.BilledByAsync<Before>();

        Assert.Equal("bill", await world.CloseOnAsync<Patched>(old));
        Assert.Empty(PatchMarker.ReadAll(await old.FetchHistoryAsync()));
    }

    [Fact]
    public async Task Patch_WhenTheRunHasNotComeToIt_TakesTheNewBranch()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var old = await world.StartSubscriptionAsync();
        await world.WithWorkerAsync<Patched>(() => SubscriptionWorld.BillAsync(old));

        Assert.Equal("discount, bill", await world.CloseOnAsync<Patched>(old));
        var marker = Assert.Single(PatchMarker.ReadAll(await old.FetchHistoryAsync()));
        Assert.Equal(("discounts", false), (marker.PatchId, marker.IsDeprecated));
    }

    [Fact]
    public async Task Change_WhenItIsNoPatch_BreaksRunsFromBeforeIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();

        Assert.NotNull(await SubscriptionWorld.ReplayAsync<Removed>(await world.BilledByAsync<Before>()));
    }

    [Fact]
    public async Task Deprecation_WhenRunsHaveThePatch_LetsThemGoOn()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var patched = await world.BilledByAsync<Patched>();

        Assert.Equal("discount, bill", await world.CloseOnAsync<Deprecated>(patched));
    }

    [Fact]
    public async Task Deprecation_WhenARunIsFromBeforeThePatch_BreaksIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();

        Assert.NotNull(await SubscriptionWorld.ReplayAsync<Deprecated>(await world.BilledByAsync<Before>()));
    }

    [Fact]
    public async Task Removal_WhenRunsHaveThePatchDeprecated_LetsThemGoOn()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var deprecated = await world.BilledByAsync<Deprecated>();

        Assert.Equal("discount, bill", await world.CloseOnAsync<Removed>(deprecated));
    }

    [Fact]
    public async Task Removal_WhenARunHasThePatchAsItWas_BreaksIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var patched = await world.BilledByAsync<Patched>();

        var problem = await SubscriptionWorld.ReplayAsync<Removed>(patched);

        Assert.Equal("no call for the patch 'discounts'", problem?.Produced);
    }
}
