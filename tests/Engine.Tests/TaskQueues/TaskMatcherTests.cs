using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class TaskMatcherTests : IDisposable
{
    private readonly MatcherFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void TryReserve_WhenPollersWait_TakesTheOneThatWaitedLongest()
    {
        var first = _fixture.Poll();
        var second = _fixture.Poll();

        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var poller));
        Assert.Same(first.Poller, poller);
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(3), out poller));
        Assert.Same(second.Poller, poller);
        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(4), out _));
        Assert.Empty(_fixture.Started);
    }

    [Fact]
    public void TryReserve_WhenThePollIsForAnotherTypeOrNamespace_FindsNobody()
    {
        _fixture.Poll(MatcherFixture.Queue(TaskQueueType.Activity));
        _fixture.Poll(MatcherFixture.Queue(name: "other"));
        _fixture.Poll(MatcherFixture.Queue() with { Namespace = new NamespaceId(new Guid(9, 0, 0, new byte[8])) });

        Assert.False(_fixture.Matcher.TryReserve(_fixture.Task(2), out _));
    }

    [Fact]
    public void Add_WhenAPollerWaits_StartsTheTaskForIt()
    {
        var poll = _fixture.Poll();

        _fixture.Matcher.Add(_fixture.Task(2));

        var (task, poller) = Assert.Single(_fixture.Started);
        Assert.Equal(2, task.ScheduledEventId);
        Assert.Same(poll.Poller, poller);
        Assert.Equal(0, poll.Endings);
    }

    [Fact]
    public void Poll_WhenTasksWait_TakesTheMostUrgentAndThenTheOldest()
    {
        _fixture.Matcher.Add(_fixture.Task(1, priority: 5));
        _fixture.Matcher.Add(_fixture.Task(2));
        _fixture.Matcher.Add(_fixture.Task(3, priority: 0));
        _fixture.Matcher.Add(_fixture.Task(4, priority: 1));
        _fixture.Matcher.Add(_fixture.Task(5, priority: 9));

        for (var polls = 0; polls < 6; polls++)
        {
            _fixture.Poll();
        }

        Assert.Equal([4, 2, 3, 1, 5], _fixture.StartedEventIds);
    }

    [Fact]
    public void Add_WhenTheTaskWaitsAlready_ChangesNothing()
    {
        _fixture.Matcher.Add(_fixture.Task(2));
        _fixture.Matcher.Add(_fixture.Task(2));
        _fixture.Matcher.Add(_fixture.Task(2) with { Attempt = 2 });

        _fixture.Poll();
        _fixture.Poll();
        _fixture.Poll();

        Assert.Equal([1, 2], _fixture.Started.Select(started => started.Task.Attempt));
    }

    [Fact]
    public void Return_WhenATaskWaits_GivesThePollerThatTask()
    {
        var poll = _fixture.Poll();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var poller));
        _fixture.Matcher.Add(_fixture.Task(3));

        _fixture.Matcher.Return(poller);

        var started = Assert.Single(_fixture.Started);
        Assert.Equal(3, started.Task.ScheduledEventId);
        Assert.Same(poll.Poller, started.Poller);
    }

    [Fact]
    public void Return_WhenNothingWaits_PutsThePollerBackToTheFront()
    {
        var first = _fixture.Poll();
        _fixture.Poll();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var poller));

        _fixture.Matcher.Return(poller);

        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(3), out poller));
        Assert.Same(first.Poller, poller);
    }

    [Fact]
    public void Return_WhenTheCallerHasGoneMeanwhile_EndsThePollAndTheNextOneGetsTheTask()
    {
        var first = _fixture.Poll();
        var second = _fixture.Poll();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var poller));

        _fixture.Matcher.Cancel(first.Poller);
        Assert.Equal(0, first.Endings);
        _fixture.Matcher.Return(poller);

        Assert.True(first.EndedEmpty);
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out poller));
        Assert.Same(second.Poller, poller);
    }

    [Fact]
    public void Complete_WhenTheCallerHasGoneMeanwhile_StillTellsIt()
    {
        var poll = _fixture.Poll();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var poller));
        _fixture.Matcher.Cancel(poll.Poller);

        poller.Complete(new Outcome("task", null));
        poller.Complete(new Outcome("again", null));

        Assert.Equal(1, poll.Endings);
        Assert.Equal("task", poll.Outcome?.Reply);
    }

    [Fact]
    public void Cancel_WhenThePollWaits_EndsItEmptyAndTheTaskGoesToAnother()
    {
        var first = _fixture.Poll();
        var second = _fixture.Poll();

        _fixture.Matcher.Cancel(first.Poller);
        _fixture.Matcher.Cancel(first.Poller);
        _fixture.Matcher.Add(_fixture.Task(2));

        Assert.True(first.EndedEmpty);
        Assert.Same(second.Poller, Assert.Single(_fixture.Started).Poller);
    }

    [Fact]
    public void Add_WhenTheStickyWorkerWasNeverSeen_GoesToTheNormalQueueAtOnce()
    {
        var poll = _fixture.Poll();

        _fixture.Matcher.Add(_fixture.Task(2, MatcherFixture.Sticky(), fallback: MatcherFixture.Queue()));

        Assert.Same(poll.Poller, Assert.Single(_fixture.Started).Poller);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Add_WhenTheStickyWorkerIsSilent_WaitsForItTenSeconds(int silentMs, bool waits)
    {
        var sticky = _fixture.Poll(MatcherFixture.Sticky());
        _fixture.Matcher.Cancel(sticky.Poller);
        _fixture.Poll();
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(silentMs));

        _fixture.Matcher.Add(_fixture.Task(2, MatcherFixture.Sticky(), fallback: MatcherFixture.Queue()));

        Assert.Equal(waits ? 0 : 1, _fixture.Started.Count);
    }

    [Fact]
    public void TryReserve_WhenTheStickyWorkerIsGone_TakesAPollerOfTheNormalQueue()
    {
        var poll = _fixture.Poll();
        var task = _fixture.Task(2, MatcherFixture.Sticky(), fallback: MatcherFixture.Queue());

        Assert.True(_fixture.Matcher.TryReserve(task, out var poller));
        Assert.Same(poll.Poller, poller);
    }

    [Fact]
    public void ShutDownWorker_WhenStickyTasksWait_MovesThemToTheNormalQueue()
    {
        _fixture.Matcher.Cancel(_fixture.Poll(MatcherFixture.Sticky()).Poller);
        var normal = _fixture.Poll();
        _fixture.Matcher.Add(_fixture.Task(2, MatcherFixture.Sticky(), fallback: MatcherFixture.Queue()));
        Assert.Empty(_fixture.Started);

        _fixture.Matcher.ShutDownWorker(MatcherFixture.Namespace, "sticky", "");

        Assert.Same(normal.Poller, Assert.Single(_fixture.Started).Poller);
    }

    [Fact]
    public void ShutDownWorker_EndsThePollsOfThatWorkerAndThoseItSendsForHalfAMinute()
    {
        var its = _fixture.Poll(key: "k1");
        var other = _fixture.Poll(key: "k2");

        _fixture.Matcher.ShutDownWorker(MatcherFixture.Namespace, "sticky", "k1");

        Assert.True(its.EndedEmpty);
        Assert.Equal(0, other.Endings);
        _fixture.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(_fixture.Poll(key: "k1").EndedEmpty);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _fixture.Poll(key: "k1").Endings);
    }

    [Fact]
    public void EndAllPolls_EndsThoseThatWaitAndThoseThatCome()
    {
        var poll = _fixture.Poll();
        Assert.True(_fixture.Matcher.TryReserve(_fixture.Task(2), out var reserved));
        var waiting = _fixture.Poll(MatcherFixture.Sticky());

        _fixture.Matcher.EndAllPolls();

        Assert.True(waiting.EndedEmpty);
        Assert.True(_fixture.Poll().EndedEmpty);
        Assert.Equal(0, poll.Endings);
        _fixture.Matcher.Return(reserved);
        Assert.True(poll.EndedEmpty);
    }

    [Fact]
    public void Queues_WhenNobodyUsesThem_AreForgotten()
    {
        for (var i = 0; i < 100; i++)
        {
            _fixture.Matcher.Cancel(_fixture.Poll(MatcherFixture.Queue(name: $"q{i}")).Poller);
        }

        _fixture.Matcher.Add(_fixture.Task(2, MatcherFixture.Queue(name: "kept")));
        _fixture.Time.Advance(TimeSpan.FromMinutes(6));
        _fixture.Poll(MatcherFixture.Queue(name: "new"));

        Assert.Equal(2, _fixture.Matcher.QueueCount);
    }
}
