using AugmentedOS.Workflows.Versioning;
using static AugmentedOS.Workflows.Tests.Versioning.SubscriptionVersions;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>What the registry says of a patch while runs of all its ages go on.</summary>
public sealed class PatchRegistryTests
{
    [Fact]
    public async Task Patch_WhenARunFromBeforeItGoesOn_IsActiveAndNamesIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var before = await world.BilledByAsync<Before>();
        await world.BilledByAsync<Patched>();

        var patches = PatchCatalog.Of(typeof(Patched));
        var usage = (await new PatchRegistry(world.Client, patches).InspectAsync()).Single();

        Assert.Equal((PatchState.Active, 1, 1, 0), (usage.State, usage.OpenBefore, usage.OpenOn, usage.OpenDeprecated));
        Assert.Equal(before.Id, Assert.Single(usage.Examples).WorkflowId);
        Assert.StartsWith("Keep both branches of 'discounts': 1 run(s)", usage.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_WhenOnlyRunsWithItGoOn_IsDeprecatableAndNamesThem()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.CloseOnAsync<Patched>(await world.BilledByAsync<Before>());
        var patched = await world.BilledByAsync<Patched>();
        await world.BilledByAsync<Deprecated>();

        var usage = await InspectAsync(world);

        Assert.Equal(
            (PatchState.Deprecatable, 0, 2, 1), (usage.State, usage.OpenBefore, usage.OpenOn, usage.OpenDeprecated));
        Assert.Equal((1, 0), (usage.ClosedBefore, usage.ClosedOn));
        Assert.Equal(patched.Id, Assert.Single(usage.Examples).WorkflowId);
        Assert.Contains("Deprecate()", usage.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_WhenOnlyRunsThatDeprecateItGoOn_IsRemovableUnlessClosedOnesCount()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.CloseOnAsync<Patched>(await world.BilledByAsync<Patched>());
        await world.BilledByAsync<Deprecated>();

        var usage = await InspectAsync(world);
        var strict = await InspectAsync(world, inspection: new() { CountClosedRuns = true });

        Assert.Equal(
            (PatchState.Removable, 1, 1, 1), (usage.State, usage.OpenOn, usage.OpenDeprecated, usage.ClosedOn));
        Assert.Empty(usage.Examples);
        Assert.Equal(PatchState.Deprecatable, strict.State);
    }

    [Fact]
    public async Task Patch_WhenARunStartedAfterItWasDeployed_DoesNotWaitForIt()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var fresh = await world.StartSubscriptionAsync();
        var started = (await fresh.DescribeAsync()).StartTime;

        var later = await InspectAsync(world, Declared with { DeployedAt = started });
        var earlier = await InspectAsync(world, Declared with { DeployedAt = started.AddTicks(10_000) });

        Assert.Equal((PatchState.Removable, 0L), (later.State, later.OpenBefore));
        Assert.Equal((PatchState.Active, 1L), (earlier.State, earlier.OpenBefore));
    }

    [Fact]
    public async Task Patch_WhenMoreRunsGoOnThanAreRead_CountsTheRestAsNotDeprecated()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.BilledByAsync<Deprecated>();
        await world.BilledByAsync<Deprecated>();

        var usage = await InspectAsync(world, inspection: new() { HistoriesRead = 1 });

        Assert.Equal((PatchState.Deprecatable, 2, 1), (usage.State, usage.OpenOn, usage.OpenDeprecated));
    }

    private static DeclaredPatch Declared => PatchCatalog.Of(typeof(Patched)).Single();

    private static async Task<PatchUsage> InspectAsync(
        SubscriptionWorld world, DeclaredPatch? patch = null, PatchInspection? inspection = null)
    {
        var registry = new PatchRegistry(world.Client, [patch ?? Declared]);
        IReadOnlyList<PatchUsage> usages = await registry.InspectAsync(inspection);
        return Assert.Single(usages);
    }
}
