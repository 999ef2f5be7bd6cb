using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Schedules;

public sealed class StartPaceTests
{
    private static readonly NamespaceId Ns = FixedNamespaces.Default.Id;
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Reserve_WhenASecondsWorthIsUsedUp_MakesTheNextOnesWaitTheirTurn()
    {
        var pace = new StartPace(2, _time);
        Assert.Equal([0, 0, 500, 1000], Enumerable.Range(0, 4).Select(_ => pace.Reserve(Ns).TotalMilliseconds));

        _time.Advance(1.Seconds());
        Assert.Equal(500, pace.Reserve(Ns).TotalMilliseconds);

        _time.Advance(1.Hours());
        Assert.Equal([0, 0, 500], Enumerable.Range(0, 3).Select(_ => pace.Reserve(Ns).TotalMilliseconds));
    }

    [Fact]
    public void Reserve_WhenAnotherNamespaceIsBusy_DoesNotWaitForIt()
    {
        var pace = new StartPace(1, _time);
        pace.Reserve(Ns);
        Assert.Equal(TimeSpan.Zero, pace.Reserve(new NamespaceId(Guid.NewGuid())));
        Assert.Equal(1.Seconds(), pace.Reserve(Ns));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 86_400)]
    [InlineData(0.1, 10)]
    public void Reserve_WhateverTheRate_WaitsAtMostADay(double perSecond, int seconds)
    {
        var pace = new StartPace(perSecond, _time);
        Assert.Equal(TimeSpan.Zero, pace.Reserve(Ns));
        Assert.Equal(seconds.Seconds(), pace.Reserve(Ns));
    }
}
