using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

/// <summary>Drives a matcher step by step and keeps book of what must hold whatever the order of steps.</summary>
internal sealed class MatchingModel : IDisposable
{
    public const int StepKinds = 9;
    private static readonly TaskQueueKey[] Queues =
    [
        MatcherFixture.Queue(),
        MatcherFixture.Queue(TaskQueueType.Activity),
        MatcherFixture.Sticky(),
    ];

    private readonly MatcherFixture _fixture = new();
    private readonly List<Poll> _polls = [];
    private readonly List<Poller> _reserved = [];
    private readonly HashSet<long> _given = [];
    private int _noted;
    private long _lastId;

    /// <summary>One step: what, and a number that chooses among its forms.</summary>
    public void Step(int kind, int choice)
    {
        switch (kind)
        {
            case 0:
                _fixture.Matcher.Add(NewTask(choice));
                break;
            case 1:
                Offer(NewTask(choice));
                break;
            case 2 or 3:
                Open(choice);
                break;
            case 4 when _polls.Count > 0:
                _fixture.Matcher.Cancel(_polls[choice % _polls.Count].Poller);
                break;
            case 5 when TakeReserved(choice) is { } stale:
                _fixture.Matcher.Return(stale);
                break;
            case 6 when TakeReserved(choice) is { } served:
                served.Complete(new Outcome("task", null));
                break;
            case 7:
                _fixture.Time.Advance(TimeSpan.FromMilliseconds(choice * 10));
                break;
            case 8 when choice % 10 == 0:
                _fixture.Matcher.ShutDownWorker(MatcherFixture.Namespace, MatcherFixture.Sticky().Name, $"k{choice % 3}");
                break;
            default:
                break;
        }

        NoteStarted();
    }

    /// <summary>Enough pollers come to take everything, and everything that was added must have been given away.</summary>
    public void Drain()
    {
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        for (var round = 0; round < 5; round++)
        {
            foreach (var queue in Queues)
            {
                for (var i = 0; i <= _lastId; i++)
                {
                    _polls.Add(_fixture.Poll(queue, rate: 1_000_000));
                }
            }

            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            NoteStarted();
        }

        Assert.True(_given.Count == _lastId, $"{_lastId - _given.Count} of {_lastId} tasks were lost.");
        _reserved.ForEach(poller => poller.Complete(new Outcome("task", null)));
        _fixture.Matcher.EndAllPolls();
        Assert.All(_polls, poll => Assert.Equal(1, poll.Endings));
    }

    public void Dispose() => _fixture.Dispose();

    private TaskReference NewTask(int choice)
    {
        var queue = Queues[choice % Queues.Length];
        TaskQueueKey? fallback = queue.IsSticky ? MatcherFixture.Queue() : null;
        return _fixture.Task(++_lastId, queue, fallback, priority: 1 + (choice % 2));
    }

    private void Offer(TaskReference task)
    {
        if (_fixture.Matcher.TryReserve(task, out var poller))
        {
            Give(task, poller);
        }
        else
        {
            _fixture.Matcher.Add(task);
        }
    }

    private void Open(int choice)
    {
        double? rate = choice % 7 == 0 ? choice % 5 : null;
        _polls.Add(_fixture.Poll(Queues[choice % Queues.Length], key: $"k{choice % 4}", rate: rate));
    }

    private Poller? TakeReserved(int choice)
    {
        if (_reserved.Count == 0)
        {
            return null;
        }

        var poller = _reserved[choice % _reserved.Count];
        _reserved.Remove(poller);
        return poller;
    }

    private void NoteStarted()
    {
        for (; _noted < _fixture.Started.Count; _noted++)
        {
            var (task, poller) = _fixture.Started[_noted];
            Give(task, poller);
        }

        AssertInOrder();
    }

    private void Give(TaskReference task, Poller poller)
    {
        Assert.True(_given.Add(task.ScheduledEventId), $"Task {task.ScheduledEventId} was given away twice.");
        Assert.DoesNotContain(poller, _reserved);
        Assert.Equal(0, _polls.Single(poll => poll.Poller == poller).Endings);
        Assert.True(
            poller.Queue == task.Queue || poller.Queue == task.Fallback,
            $"A poller of {poller.Queue} got a task of {task.Queue}.");
        _reserved.Add(poller);
    }

    /// <summary>Sticky tasks may move from queue to queue; all others start in the order they came in.</summary>
    private void AssertInOrder()
    {
        foreach (var started in _fixture.Started
            .Where(started => !started.Task.Queue.IsSticky)
            .GroupBy(started => (started.Task.Queue, started.Task.PriorityKey)))
        {
            var ids = started.Select(one => one.Task.ScheduledEventId).ToList();
            Assert.Equal(ids.Order(), ids);
        }
    }
}
