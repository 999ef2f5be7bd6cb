using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class RateLimitTests : IDisposable
{
    private readonly MatcherFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    private static TaskQueueKey Activities => MatcherFixture.Queue(TaskQueueType.Activity);

    [Fact]
    public void Dispatch_WhenThePollersAskForARate_KeepsToItAfterABurstOfOneSecond()
    {
        AddTasks(100);
        Polls(100, rate: 5);

        Assert.Equal(5, _fixture.Started.Count);
        for (var i = 0; i < 100; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_fixture.Started.Count, 52, 55);
        Assert.Equal(_fixture.StartedEventIds.Order(), _fixture.StartedEventIds);
    }

    [Fact]
    public void Dispatch_WhenTheRateIsZero_StopsUntilAnotherPollerAllowsMore()
    {
        AddTasks(3);
        Polls(1, rate: 0);
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_fixture.Started);
        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(9, Activities), out _));

        Polls(1, rate: 100);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 2], _fixture.StartedEventIds);
    }

    [Fact]
    public void Return_GivesItsShareOfTheRateBack()
    {
        Polls(2, rate: 1);
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(1, Activities), out var poller));
        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(2, Activities), out _));

        _fixture.Matcher.Return(poller);

        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2, Activities), out _));
    }

    private void AddTasks(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            _fixture.Matcher.Add(_fixture.Task(i, Activities));
        }
    }

    private void Polls(int count, double rate)
    {
        for (var i = 0; i < count; i++)
        {
            _fixture.Poll(Activities, rate: rate);
        }
    }
}
