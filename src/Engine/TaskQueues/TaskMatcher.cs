using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>The task queues of the whole engine, in memory: tasks are derived from the runs' state and are added again
/// after a restart.</summary>
/// <remarks>
/// Thread-safe: each queue has a small lock, no two are ever held together, and nobody is called under one. It owns no
/// thread; what it does later is rung by the <see cref="TimeProvider"/>.
/// </remarks>
internal sealed partial class TaskMatcher : ITaskMatcher
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TaskQueueKey, MatchingQueue> _queues = new();
    private readonly TimeProvider _time;
    private readonly TimeProvider _pauses;
    private readonly TaskQueueInstruments _instruments;
    private readonly long _origin;
    private ITaskStarter? _starter;
    private long _sweptAt;

    /// <param name="time">What tasks and polls are stamped with.</param>
    /// <param name="pauses">Rings when a rate lets the next task go.</param>
    public TaskMatcher(TimeProvider time, TimeProvider pauses, TaskQueueInstruments instruments)
    {
        _time = time;
        _pauses = pauses;
        _instruments = instruments;
        _origin = time.GetTimestamp();
        instruments.Watch(Totals);
    }

    /// <summary>Whether fairness keys count.</summary>
    public bool IsFair { get; init; } = true;

    /// <summary>How many queues are known: used lately, or not empty.</summary>
    public int QueueCount => _queues.Count;

    /// <summary>A clock that never steps back, for everything that lasts.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>The time that tasks are stamped with, for whoever measures.</summary>
    private Instant MeasuredAt => _instruments.IsWatched ? Instant.From(_time.GetUtcNow()) : default;

    private ITaskStarter Starter => _starter
        ?? throw new InvalidOperationException("The matcher has to be connected before tasks and pollers come.");

    /// <summary>Says who starts the tasks that had to wait. Once, before the first task or poller: the starter hands
    /// inputs to the shards, and the shards need the matcher.</summary>
    public void Connect(ITaskStarter starter) => _starter = starter;

    /// <summary>A worker asks for a task: it gets one that waits (through the starter), or waits itself. It may end
    /// before this returns.</summary>
    public void Poll(Poller poller)
    {
        _instruments.Polled(poller.Queue);
        Welcome(poller, isNew: true);
    }

    /// <summary>The caller of a poll has gone, or its time is up. A reserved poller still ends with its task.</summary>
    public void Cancel(Poller poller)
    {
        if (!poller.TryLeave())
        {
            return;
        }

        if (_queues.TryGetValue(poller.Queue, out var queue))
        {
            lock (queue.Gate)
            {
                queue.Leave(poller, Now);
            }
        }

        _instruments.EndedEmpty(poller, Now - poller.WaitsSince);
        poller.EndEmpty();
    }

    /// <inheritdoc/>
    public void Return(Poller poller)
    {
        if (poller.TryRelease())
        {
            Welcome(poller, isNew: false);
            return;
        }

        _instruments.EndedEmpty(poller, Now - poller.WaitsSince);
        poller.EndEmpty();
    }

    /// <inheritdoc/>
    public bool TryReserve(in TaskReference task, [NotNullWhen(true)] out Poller? poller)
    {
        var now = Now;
        var wanted = Counted(task);
        if (!_queues.TryGetValue(PlaceOf(task, now), out var queue))
        {
            poller = null;
            return false;
        }

        lock (queue.Gate)
        {
            if (!queue.TryReserve(wanted, now, out poller))
            {
                return false;
            }
        }

        _instruments.MatchedAtOnce(task, poller, MeasuredAt);
        return true;
    }

    /// <inheritdoc/>
    public void Add(in TaskReference task)
    {
        var now = Now;
        var wanted = Counted(task);
        var key = PlaceOf(task, now);
        while (true)
        {
            var queue = QueueOf(key, now);
            Poller? poller;
            lock (queue.Gate)
            {
                if (queue.IsForgotten)
                {
                    continue;
                }

                if (!queue.TryReserve(wanted, now, out poller))
                {
                    queue.Add(wanted, now);
                    RingWhenReleased(queue, now);
                }
            }

            if (poller is not null)
            {
                _instruments.MatchedAtOnce(task, poller, MeasuredAt);
                Starter.Start(task, poller);
            }
            else
            {
                _instruments.Backlogged(task, key);
            }

            return;
        }
    }

    /// <summary>Where a task goes now: a sticky task goes to the normal queue when its worker is gone, or when the run
    /// is to move to another version than that worker's.</summary>
    private TaskQueueKey PlaceOf(in TaskReference task, TimeSpan now) =>
        task.Fallback is { } fallback && (!IsStickyAlive(task.Queue, now) || Moves(task, fallback))
            ? fallback
            : task.Queue;

    private TaskReference Counted(in TaskReference task) =>
        IsFair ? task : task with { FairnessKey = "", FairnessWeight = 0 };

    private bool IsStickyAlive(TaskQueueKey key, TimeSpan now)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return false;
        }

        lock (queue.Gate)
        {
            return queue.IsStickyAlive(now);
        }
    }

    private void Welcome(Poller poller, bool isNew)
    {
        var now = Now;
        while (true)
        {
            var queue = QueueOf(poller.Queue, now);
            OfferedQuery? query = null;
            TaskReference task = default;
            var gets = Gets.Nothing;
            lock (queue.Gate)
            {
                if (queue.IsForgotten)
                {
                    continue;
                }

                if (!isNew)
                {
                    queue.GiveBack(poller);
                }

                gets = IsTurnedAway(poller, now)
                    ? Gets.TurnedAway
                    : Seat(queue, poller, isNew, now, out task, out query);
            }

            Serve(poller, gets, task, query);
            return;
        }
    }

    /// <summary>Gives a poller what waits in the queue, or a place to wait itself.</summary>
    private Gets Seat(
        MatchingQueue queue, Poller poller, bool isNew, TimeSpan now, out TaskReference task, out OfferedQuery? query)
    {
        task = default;
        if (isNew)
        {
            poller.WaitsSince = now;
            queue.NotePoll(poller, now, Instant.From(_time.GetUtcNow()));
        }

        if (queue.TryTakeQuery(poller, now, out query))
        {
            return Gets.Query;
        }

        if (queue.TryTakeTask(poller, now, out task))
        {
            return Gets.Task;
        }

        if (!poller.IsWaiting)
        {
            return Gets.Nothing;
        }

        if (isNew)
        {
            queue.Wait(poller, now);
        }
        else
        {
            queue.WaitOn(poller, now);
        }

        RingWhenReleased(queue, now);
        return Gets.Nothing;
    }

    private void Serve(Poller poller, Gets gets, in TaskReference task, OfferedQuery? query)
    {
        switch (gets)
        {
            case Gets.Task:
                _instruments.MatchedFromBacklog(task, poller, MeasuredAt);
                Starter.Start(task, poller);
                break;
            case Gets.Query:
                poller.Complete(query!.Outcome);
                break;
            case Gets.TurnedAway:
                if (poller.TryLeave())
                {
                    _instruments.EndedEmpty(poller, Now - poller.WaitsSince);
                    poller.EndEmpty();
                }

                break;
            case Gets.Nothing:
            default:
                break;
        }
    }

    /// <summary>Pairs tasks with pollers as long as there are both: after a rate limit let go or changed.</summary>
    private void Dispatch(MatchingQueue queue)
    {
        while (true)
        {
            TaskReference task;
            Poller? poller;
            lock (queue.Gate)
            {
                var now = Now;
                if (!queue.TryMatch(now, out task, out poller))
                {
                    RingWhenReleased(queue, now);
                    return;
                }
            }

            _instruments.MatchedFromBacklog(task, poller, MeasuredAt);
            Starter.Start(task, poller);
        }
    }

    /// <summary>When only the rate limit keeps tasks from pollers: wakes up when it lets the next one go.</summary>
    private void RingWhenReleased(MatchingQueue queue, TimeSpan now)
    {
        if (queue.IsForgotten || queue.UntilNextMatch(now) is not { } wait)
        {
            return;
        }

        if (queue.Release is null)
        {
            queue.Release = _pauses.CreateTimer(
                state => Dispatch((MatchingQueue)state!), queue, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            queue.Release.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private MatchingQueue QueueOf(TaskQueueKey key, TimeSpan now)
    {
        if (_queues.TryGetValue(key, out var known))
        {
            return known;
        }

        Sweep(now);
        return _queues.GetOrAdd(
            key,
            static (key, made) => new MatchingQueue(
                key, made.Matcher.SettingsOf(key), made.Matcher.RoutingOf(key), made.Now),
            (Matcher: this, Now: now));
    }

    /// <summary>Forgets queues that nobody uses, now and then while new ones come: they only grow in number then.</summary>
    private void Sweep(TimeSpan now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (now.Ticks - last < SweepInterval.Ticks
            || Interlocked.CompareExchange(ref _sweptAt, now.Ticks, last) != last)
        {
            return;
        }

        foreach (var (key, queue) in _queues)
        {
            lock (queue.Gate)
            {
                if (!queue.TryForget(now))
                {
                    continue;
                }
            }

            _queues.TryRemove(new KeyValuePair<TaskQueueKey, MatchingQueue>(key, queue));
        }
    }

    private enum Gets
    {
        Nothing,
        Task,
        Query,
        TurnedAway,
    }
}
