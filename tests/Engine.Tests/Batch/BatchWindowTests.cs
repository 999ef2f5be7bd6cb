using AugmentedOS.Engine.Batch.Running;

namespace AugmentedOS.Engine.Tests.Batch;

public sealed class BatchWindowTests
{
    [Fact]
    public void Position_WhenLaterOnesEndFirst_WaitsForTheEarlier()
    {
        var window = new BatchWindow(10);
        var (first, second, third) = (window.Begin(12), window.Begin(15), window.Begin(20));

        window.End(second, isSuccess: false);
        Assert.Equal((10L, false), (window.Position, window.HasProgress));

        window.End(first, isSuccess: true);
        Assert.Equal((15L, true), (window.Position, window.HasProgress));
        Assert.Equal((1L, 1L), window.Take());
        Assert.Equal((0L, 0L), window.Take());
        Assert.False(window.IsEmpty);

        window.End(third, isSuccess: true);
        Assert.Equal((20L, true), (window.Position, window.IsEmpty));
    }
}
