using System.Collections.Immutable;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class FairnessTests : IDisposable
{
    private readonly MatcherFixture _fixture = new();
    private long _lastId;

    public void Dispose() => _fixture.Dispose();

    private static TaskQueueKey Activities => MatcherFixture.Queue(TaskQueueType.Activity);

    [Fact]
    public void Poll_WhenOneKeyFloodsTheQueue_LetsTheOthersTakeTurns()
    {
        Add("flood", 100);
        Add("drop", 3);

        Assert.Equal(3, TakenKeys(6).Count(key => key == "drop"));
    }

    [Fact]
    public void Poll_WhenKeysWeighDifferently_SharesByWeight()
    {
        Add("heavy", 400, weight: 3);
        Add("light", 400, weight: 1);

        var taken = TakenKeys(200);

        Assert.InRange(taken.Count(key => key == "heavy"), 149, 151);
    }

    [Fact]
    public void Poll_WhenAWeightIsOverridden_ForgetsWhatTheTasksSay()
    {
        Add("a", 400, weight: 1);
        Add("b", 400, weight: 1);
        Configure(weights: new() { ["a"] = 9 });

        Assert.InRange(TakenKeys(100).Count(key => key == "a"), 89, 91);
    }

    [Fact]
    public void Poll_WithinAKey_KeepsTheOrderOfArrival()
    {
        Add("a", 5);
        Add("b", 5);

        TakenKeys(10);

        foreach (var key in new[] { "a", "b" })
        {
            var ids = _fixture.Started.Select(started => started.Task).Where(task => task.FairnessKey == key)
                .Select(task => task.ScheduledEventId).ToList();
            Assert.Equal(ids.Order(), ids);
        }
    }

    [Fact]
    public void Poll_WhenPrioritiesDiffer_IsFairOnlyWithinOne()
    {
        Add("a", 3, priority: 3);
        Add("b", 3, priority: 1);

        Assert.Equal(["b", "b", "b", "a", "a", "a"], TakenKeys(6));
    }

    [Fact]
    public void Poll_WhenAKeyComesLate_BeginsAtThePresentTurn()
    {
        Add("a", 200);
        TakenKeys(100);
        Add("b", 100);

        var taken = TakenKeys(20).ToList();

        Assert.Equal(10, taken.Count(key => key == "b"));
    }

    [Fact]
    public void Dispatch_WhenKeysAreLimited_HoldsBackTheBusyOneAlone()
    {
        Configure(keyRate: 2);
        Add("busy", 50);
        Add("calm", 1);

        Assert.Equal(["busy", "busy", "calm"], TakenKeys(10).Order());
        Add("other", 1);
        Assert.Equal("other", _fixture.Started[^1].Task.FairnessKey);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(4, _fixture.Started.Count(started => started.Task.FairnessKey == "busy"));
    }

    [Fact]
    public void Dispatch_WhenAKeyIsHeavier_IsLimitedLess()
    {
        Configure(keyRate: 2, weights: new() { ["vip"] = 3 });
        Add("vip", 50);
        Add("guest", 50);

        var taken = TakenKeys(100).ToList();

        Assert.Equal(6, taken.Count(key => key == "vip"));
        Assert.Equal(2, taken.Count(key => key == "guest"));
    }

    [Fact]
    public void Configure_WhenALimitIsLifted_LetsGoWhatWasHeldBack()
    {
        Configure(keyRate: 0);
        Add("a", 3);
        Assert.Empty(TakenKeys(5));

        Configure();

        Assert.Equal([1L, 2, 3], _fixture.StartedEventIds);
    }

    [Fact]
    public void Configure_WhenTheQueueIsLimited_OverridesTheWorkers()
    {
        Configure(rate: 1);
        Add("", 5);
        for (var polls = 0; polls < 5; polls++)
        {
            _fixture.Poll(Activities, rate: 1000);
        }

        Assert.Single(_fixture.Started);
        Assert.Equal(RateLimitSource.Api, _fixture.Matcher.Describe(Activities).RateSource);
        Configure();
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(5, _fixture.Started.Count);
        Assert.Equal(RateLimitSource.Worker, _fixture.Matcher.Describe(Activities).RateSource);
    }

    [Fact]
    public void Poll_WhenTheLastWorkerAsksForNoRate_LiftsTheWorkersLimit()
    {
        Add("", 5);
        _fixture.Poll(Activities, rate: 0);
        Assert.Empty(_fixture.Started);

        _fixture.Poll(Activities);

        Assert.Equal(2, _fixture.Started.Count);
    }

    [Fact]
    public void Describe_ReportsEachPrioritysRates()
    {
        Add("a", 4, priority: 1);
        Add("a", 2, priority: 5);
        TakenKeys(3);

        var byPriority = _fixture.Matcher.Describe(Activities).ByPriority;

        Assert.Equal((1, 4, 3), ((int)byPriority[1].Count, (int)byPriority[1].AddedPerSecond, (int)byPriority[1].DispatchedPerSecond));
        Assert.Equal((2, 2, 0), ((int)byPriority[5].Count, (int)byPriority[5].AddedPerSecond, (int)byPriority[5].DispatchedPerSecond));
    }

    private void Add(string key, int count, float weight = 0, int priority = 3)
    {
        for (var i = 0; i < count; i++)
        {
            _fixture.Matcher.Add(_fixture.Task(++_lastId, Activities, priority: priority) with
            {
                FairnessKey = key,
                FairnessWeight = weight,
            });
        }
    }

    private List<string> TakenKeys(int polls)
    {
        var before = _fixture.Started.Count;
        for (var i = 0; i < polls; i++)
        {
            _fixture.Poll(Activities);
        }

        return [.. _fixture.Started.Skip(before).Select(started => started.Task.FairnessKey)];
    }

    private void Configure(double? rate = null, double? keyRate = null, Dictionary<string, float>? weights = null) =>
        _fixture.Matcher.Configure(Activities, new TaskQueueSettings(
            rate, keyRate, (weights ?? []).ToImmutableDictionary(StringComparer.Ordinal)));
}
