using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What waits in one task queue: pollers for tasks, or tasks for pollers. Only a rate limit keeps both.</summary>
/// <remarks>Every member is used under <see cref="Gate"/>, and none calls out. Times are the matcher's own clock.</remarks>
internal sealed partial class MatchingQueue
{
    /// <summary>How long a sticky queue is believed in without a poll.</summary>
    private static readonly TimeSpan StickyPatience = TimeSpan.FromSeconds(10);

    private readonly FairnessPolicy _fairness = new();
    private double? _workerRate;
    private double? _configuredRate;
    private TimeSpan _lastUse;

    public MatchingQueue(TaskQueueKey key, TaskQueueSettings settings, QueueRouting routing, TimeSpan now)
    {
        Key = key;
        Routing = routing;
        _lastUse = now;
        _current = new Backlog(_fairness);
        _unversioned = new VersionSeat(null, _fairness, now);
        Use(settings, now);
    }

    public Lock Gate { get; } = new();

    public TaskQueueKey Key { get; }

    /// <summary>Nobody used it for long: whoever still holds it looks the key up again.</summary>
    public bool IsForgotten { get; private set; }

    public DispatchRate Rate { get; } = new();

    /// <summary>Who set the rate that holds.</summary>
    public RateLimitSource RateSource => _configuredRate is not null ? RateLimitSource.Api
        : _workerRate is not null ? RateLimitSource.Worker
        : RateLimitSource.System;

    /// <summary>Rings when a rate limit lets the next task go.</summary>
    public ITimer? Release { get; set; }

    /// <summary>How many tasks wait, for whichever version.</summary>
    public int Waits => IsPlain ? _current.Count : Backlogs().Sum(backlog => backlog.Count);

    /// <summary>Whether the one worker of this sticky queue is still there, as far as its polls show.</summary>
    public bool IsStickyAlive(TimeSpan now) => _unversioned.WasPolledWithin(StickyPatience, now);

    /// <summary>The limits and weights that somebody configured. Tasks may be ready then that were not.</summary>
    public void Use(TaskQueueSettings settings, TimeSpan now)
    {
        _configuredRate = settings.Rate;
        _fairness.Use(settings);
        Rate.Set(_configuredRate ?? _workerRate, now);
        foreach (var backlog in Backlogs())
        {
            backlog.ReleaseHeld();
        }
    }

    /// <summary>Someone polls: what that says about the queue is noted.</summary>
    public void NotePoll(Poller poller, TimeSpan now, Instant wall)
    {
        _lastUse = now;
        var seat = SeatOf(poller, now);
        seat.LastPoll = now;
        seat.Pollers.Note(poller, now, wall);
        if (Key.Type == TaskQueueType.Activity)
        {
            // The last one who polls decides, also that there is no limit.
            _workerRate = poller.MaxTasksPerSecond;
            Rate.Set(_configuredRate ?? _workerRate, now);
        }
    }

    public void Wait(Poller poller, TimeSpan now)
    {
        poller.WaitsSince = now;
        SeatOf(poller, now).Waiting.Append(poller);
    }

    /// <summary>A poller that was reserved in vain goes on waiting where it was.</summary>
    public void WaitOn(Poller poller, TimeSpan now) => SeatOf(poller, now).Waiting.Prepend(poller);

    /// <summary>A poller goes; its long wait was a poll until now.</summary>
    public void Leave(Poller poller, TimeSpan now)
    {
        var seat = SeatOf(poller, now);
        seat.LastPoll = now;
        _lastUse = now;
        seat.Waiting.Remove(poller);
    }

    /// <summary>Reserves a waiting poller for a task that is not in the backlog.</summary>
    public bool TryReserve(in TaskReference task, TimeSpan now, [NotNullWhen(true)] out Poller? poller)
    {
        poller = null;
        var seat = SeatOf(task, now);
        if (seat.Waiting.Count == 0 || NextFor(seat, now) is not null
            || _fairness.WaitOf(task, now) != TimeSpan.Zero || !Rate.TryTake(now))
        {
            return false;
        }

        if (!TryTakePoller(seat, now, fromBacklog: false, out poller))
        {
            Rate.GiveBack();
            return false;
        }

        _fairness.TryTake(task, now);
        poller.TookKey = task.FairnessKey;
        seat.Added.Count(task, now);
        seat.Dispatched.Count(task, now);
        return true;
    }

    public void Add(in TaskReference task, TimeSpan now)
    {
        _lastUse = now;
        if (BacklogOf(task, now).TryAdd(task))
        {
            SeatOf(task, now).Added.Count(task, now);
        }
    }

    /// <summary>Brings the next task and the next poller together, if there are both and the rate allows it.</summary>
    public bool TryMatch(TimeSpan now, out TaskReference task, [NotNullWhen(true)] out Poller? poller)
    {
        foreach (var seat in Seats())
        {
            if (TryMatch(seat, now, out task, out poller))
            {
                return true;
            }
        }

        task = default;
        poller = null;
        return false;
    }

    /// <summary>Takes the next task for a poller that does not wait yet.</summary>
    public bool TryTakeTask(Poller poller, TimeSpan now, out TaskReference task)
    {
        task = default;
        var seat = SeatOf(poller, now);
        if (seat.Waiting.Count > 0 || NextFor(seat, now) is not { } backlog || !Rate.TryTake(now))
        {
            return false;
        }

        if (!poller.TryReserve())
        {
            Rate.GiveBack();
            return false;
        }

        Take(backlog, seat, poller, now, out task);
        NoteTaken(seat, poller, now, fromBacklog: true);
        return true;
    }

    /// <summary>The reservation came to nothing: the rate it used is free again.</summary>
    public void GiveBack(Poller poller)
    {
        Rate.GiveBack();
        _fairness.GiveBack(poller.TookKey);
    }

    /// <summary>How long until a poller that waits may get a task that waits; null when that may never be.</summary>
    public TimeSpan? UntilNextMatch(TimeSpan now)
    {
        if (IsPlain && (_current.Count == 0 || _unversioned.Waiting.Count == 0))
        {
            return null;
        }

        TimeSpan? ready = null;
        foreach (var seat in Seats())
        {
            if (seat.Waiting.Count > 0 && UntilReadyFor(seat, now) is { } wait && !(ready <= wait))
            {
                ready = wait;
            }
        }

        return ready is { } least && Rate.UntilNext(now) is { } allowed ? Later(least, allowed) : null;
    }

    /// <summary>The worker said goodbye: nobody believes in its sticky queue until it polls again.</summary>
    public void Unload() => _unversioned.LastPoll = null;

    public bool TryForget(TimeSpan now)
    {
        var idle = Seats().All(seat => seat.Waiting.Count == 0 && seat.Queries.Count == 0)
            && Backlogs().All(backlog => backlog.Count == 0);
        if (!idle || now - _lastUse <= PollerHistory.Remembered)
        {
            return false;
        }

        IsForgotten = true;
        Release?.Dispose();
        return true;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private bool TryMatch(
        VersionSeat seat, TimeSpan now, out TaskReference task, [NotNullWhen(true)] out Poller? poller)
    {
        task = default;
        poller = null;
        if (seat.Waiting.Count == 0 || NextFor(seat, now) is not { } backlog || !Rate.TryTake(now))
        {
            return false;
        }

        if (!TryTakePoller(seat, now, fromBacklog: true, out poller))
        {
            Rate.GiveBack();
            return false;
        }

        Take(backlog, seat, poller, now, out task);
        return true;
    }

    private static void Take(Backlog backlog, VersionSeat seat, Poller poller, TimeSpan now, out TaskReference task)
    {
        if (!backlog.TryTake(now, out task))
        {
            throw new InvalidOperationException("A task that was ready is gone, under its queue's lock.");
        }

        poller.TookKey = task.FairnessKey;
        seat.Dispatched.Count(task, now);
    }

    private bool TryTakePoller(
        VersionSeat seat, TimeSpan now, bool fromBacklog, [NotNullWhen(true)] out Poller? poller)
    {
        while ((poller = seat.Waiting.First) is not null)
        {
            seat.Waiting.Remove(poller);
            if (poller.TryReserve())
            {
                NoteTaken(seat, poller, now, fromBacklog);
                return true;
            }
        }

        return false;
    }

    private void NoteTaken(VersionSeat seat, Poller poller, TimeSpan now, bool fromBacklog)
    {
        seat.LastPoll = now;
        _lastUse = now;
        poller.Waited = now - poller.WaitsSince;
        poller.TookFromBacklog = fromBacklog;
    }
}
