using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class VersionRoutingTests : IDisposable
{
    private static readonly DeploymentVersion One = new("d", "1");
    private static readonly DeploymentVersion Two = new("d", "2");
    private readonly MatcherFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Poll_WhenNothingIsCurrent_GivesTasksToUnversionedWorkersOnly()
    {
        _fixture.Matcher.Add(_fixture.Task(1));

        Assert.Equal(0, Poll(One).Endings);
        Assert.Empty(_fixture.Started);
        Poll(null);

        Assert.Equal([1L], _fixture.StartedEventIds);
    }

    [Fact]
    public void Route_WhenAVersionBecomesCurrent_GivesItWhatWaits()
    {
        _fixture.Matcher.Add(_fixture.Task(1));
        _fixture.Matcher.Add(_fixture.Task(2));
        Poll(One);
        Assert.Empty(_fixture.Started);

        Route(current: One);

        Assert.Equal([1L], _fixture.StartedEventIds);
        Poll(null);
        Assert.Single(_fixture.Started);
        Poll(One);
        Assert.Equal([1L, 2], _fixture.StartedEventIds);
    }

    [Fact]
    public void Poll_WhenATaskIsPinned_GivesItToItsVersionAlone()
    {
        Route(current: Two);
        _fixture.Matcher.Add(Pinned(1, One));

        Poll(null);
        Poll(Two);
        Assert.Empty(_fixture.Started);
        Poll(One);

        Assert.Equal([1L], _fixture.StartedEventIds);
    }

    [Fact]
    public void Poll_WhenAVersionHasPinnedAndOpenTasks_TakesTheMostUrgentThenTheOldest()
    {
        Route(current: One);
        _fixture.Matcher.Add(Pinned(1, One));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        _fixture.Matcher.Add(_fixture.Task(2));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        _fixture.Matcher.Add(Pinned(3, One) with { PriorityKey = 1 });
        Poll(One);
        Poll(One);
        Poll(One);

        Assert.Equal([3L, 1, 2], _fixture.StartedEventIds);
    }

    [Fact]
    public void Route_WhenAVersionRamps_SplitsWhatWaitsByWorkflowId()
    {
        for (var id = 1; id <= 200; id++)
        {
            _fixture.Matcher.Add(_fixture.Task(id, workflow: $"w{id}"));
        }

        Route(current: One, ramping: Two, percentage: 30);
        for (var polls = 0; polls < 200; polls++)
        {
            Poll(Two);
        }

        var ramped = _fixture.Started.Select(started => started.Task.Run.WorkflowId).ToList();
        Assert.InRange(ramped.Count, 40, 80);
        Route(current: One, ramping: Two, percentage: 60);
        Assert.InRange(_fixture.Started.Count, 90, 150);
        Route(current: Two);
        Assert.Equal(200, _fixture.Started.Count);
        Assert.Equal(200, _fixture.StartedEventIds.Distinct().Count());
    }

    [Fact]
    public void Poll_WhenATaskAsksForTheRampingVersion_GetsItEvenAtZeroPercent()
    {
        Route(current: One, ramping: Two, percentage: 0);
        _fixture.Matcher.Add(_fixture.Task(1) with { Route = new TaskRoute(false, One, UsesRamping: true) });
        Poll(One);
        Assert.Empty(_fixture.Started);

        Poll(Two);

        Assert.Single(_fixture.Started);
    }

    [Fact]
    public void TryReserve_WhenTheTargetsPollerWaits_TakesIt()
    {
        Route(current: Two);
        Poll(null);
        Poll(One);
        var two = Poll(Two);

        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(1), out var poller));
        Assert.Same(two.Poller, poller);
        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(2), out _));
        Assert.True(_fixture.Matcher.TryReserve(Pinned(3, One), out _));
    }

    [Fact]
    public void Add_WhenTheRunIsToMove_LeavesTheStickyQueue()
    {
        _fixture.Poll(MatcherFixture.Sticky(), version: One);
        Route(current: Two);
        var task = _fixture.Task(1, MatcherFixture.Sticky(), MatcherFixture.Queue());

        Assert.False(_fixture.Matcher.TryReserve(task with { Route = new TaskRoute(false, One) }, out _));
        Assert.True(_fixture.Matcher.TryReserve(task with { Route = TaskRoute.PinnedTo(One) }, out _));
        _fixture.Matcher.Add(task with { Route = new TaskRoute(false, One), ScheduledEventId = 2 });
        Poll(Two);

        Assert.Equal([2L], _fixture.StartedEventIds);
    }

    [Fact]
    public void Add_WhenAPinnedRunsActivityIsOnAQueueOfOthers_GoesWhereThatQueueSends()
    {
        var activities = MatcherFixture.Queue(TaskQueueType.Activity);
        _fixture.Matcher.Route(activities, Routing(current: Two, members: [Two]));
        _fixture.Matcher.Add(Pinned(1, One) with { Queue = activities });
        _fixture.Poll(activities, version: Two);

        Assert.Equal([1L], _fixture.StartedEventIds);
        _fixture.Matcher.Add(Pinned(2, One) with { Queue = activities });
        _fixture.Matcher.Route(activities, Routing(current: Two, members: [One, Two]));
        _fixture.Poll(activities, version: Two);
        Assert.Single(_fixture.Started);
        _fixture.Poll(activities, version: One);
        Assert.Equal([1L, 2], _fixture.StartedEventIds);
    }

    [Fact]
    public void Offer_WhenTheRoutingChanges_TakesTheQueryAlong()
    {
        var query = new OfferedQuery(MatcherFixture.Queue(), "w", TaskRoute.Open, "query", () => { });
        _fixture.Matcher.Offer(query);
        var two = Poll(Two);
        Assert.Equal(0, two.Endings);

        Route(current: Two);

        Assert.Equal("query", two.Outcome?.Reply);
        Assert.True(_fixture.Matcher.WasPolledWithin(
            TimeSpan.FromSeconds(1), MatcherFixture.Queue(), "w", TaskRoute.Open));
        Assert.False(_fixture.Matcher.WasPolledWithin(
            TimeSpan.FromSeconds(1), MatcherFixture.Queue(), "w", TaskRoute.PinnedTo(One)));
    }

    [Fact]
    public void Describe_CountsForAVersionWhatItWouldGet()
    {
        Route(current: One, ramping: Two, percentage: 50);
        for (var id = 1; id <= 100; id++)
        {
            _fixture.Matcher.Add(_fixture.Task(id, workflow: $"w{id}"));
        }

        _fixture.Matcher.Add(Pinned(101, Two));

        var one = _fixture.Matcher.Describe(MatcherFixture.Queue(), One).Backlog;
        var two = _fixture.Matcher.Describe(MatcherFixture.Queue(), Two).Backlog;
        Assert.Equal(101, one + two);
        Assert.InRange(one, 30, 70);
        Assert.Equal(0, _fixture.Matcher.Describe(MatcherFixture.Queue(), null).Backlog);
        Assert.Equal(101, _fixture.Matcher.Describe(MatcherFixture.Queue()).Backlog);
    }

    private Poll Poll(DeploymentVersion? version) => _fixture.Poll(version: version);

    private TaskReference Pinned(long id, DeploymentVersion version) =>
        _fixture.Task(id) with { Route = TaskRoute.PinnedTo(version) };

    private void Route(DeploymentVersion? current, DeploymentVersion? ramping = null, float percentage = 0) =>
        _fixture.Matcher.Route(MatcherFixture.Queue(), Routing(current, ramping, percentage, [One, Two]));

    private static QueueRouting Routing(
        DeploymentVersion? current,
        DeploymentVersion? ramping = null,
        float percentage = 0,
        params DeploymentVersion[] members) => new(current, ramping, percentage, new HashSet<DeploymentVersion>(members));
}
