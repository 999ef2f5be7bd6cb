using AugmentedOS.Workflows.Versioning;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>What a rollout refuses.</summary>
public sealed class DeploymentRolloutTests
{
    [Theory]
    [InlineData(-1f)]
    [InlineData(100.5f)]
    [InlineData(float.NaN)]
    public async Task Ramp_WhenItIsNoShare_SaysWhatIs(float percentage)
    {
        await using var world = await SubscriptionWorld.StartAsync();

        var wrong = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => new DeploymentRollout(world.Client, "orders").RampAsync("1", percentage));

        Assert.StartsWith(
            "A ramp takes a share of the workflows: give 0 to 100 percent.", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_WhenNoWorkerOfItHasPolled_IsRefusedUnlessThatIsMeant()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var rollout = new DeploymentRollout(world.Client, "orders");

        var refused = await Assert.ThrowsAsync<RpcException>(() => rollout.MakeCurrentAsync("1"));
        await rollout.MakeCurrentAsync("1", allowNoPollers: true);

        Assert.Equal(RpcException.StatusCode.NotFound, refused.Code);
        Assert.Equal("1", (await rollout.DescribeAsync()).Current);
    }
}
