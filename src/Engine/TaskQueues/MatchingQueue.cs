using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What waits in one task queue: pollers for tasks, or tasks for pollers. Only a rate limit keeps both.</summary>
/// <remarks>Every member is used under <see cref="Gate"/>, and none calls out. Times are the matcher's own clock.</remarks>
internal sealed class MatchingQueue(TaskQueueKey key, TimeSpan now)
{
    /// <summary>How long a sticky queue is believed in without a poll.</summary>
    private static readonly TimeSpan StickyPatience = TimeSpan.FromSeconds(10);

    private readonly PollerList _waiting = new();
    private readonly LinkedList<OfferedQuery> _queries = [];
    private TimeSpan? _lastPoll;
    private TimeSpan _lastUse = now;

    public Lock Gate { get; } = new();

    public TaskQueueKey Key { get; } = key;

    /// <summary>Nobody used it for long: whoever still holds it looks the key up again.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>Tasks that wait for a poller.</summary>
    public Backlog Backlog { get; } = new();

    public DispatchRate Rate { get; } = new();

    public PollerHistory Pollers { get; } = new();

    public RateWindow Added { get; } = new(now);

    public RateWindow Dispatched { get; } = new(now);

    public ScalingBudget Scaling { get; } = new();

    /// <summary>Rings when a rate limit lets the next task go.</summary>
    public ITimer? Release { get; set; }

    public int WaitingPollers => _waiting.Count;

    public Poller? FirstWaiting => _waiting.First;

    /// <summary>Whether the one worker of this sticky queue is still there, as far as its polls show.</summary>
    public bool IsStickyAlive(TimeSpan now) =>
        _waiting.Count > 0 || (_lastPoll is { } last && now - last <= StickyPatience);

    public bool WasPolledWithin(TimeSpan window, TimeSpan now) =>
        _waiting.Count > 0 || (_lastPoll is { } last && now - last <= window);

    /// <summary>Someone polls: what that says about the queue is noted.</summary>
    public void NotePoll(Poller poller, TimeSpan now, Instant wall)
    {
        _lastPoll = now;
        _lastUse = now;
        Pollers.Note(poller, now, wall);
        if (poller.MaxTasksPerSecond is { } rate && Key.Type == TaskQueueType.Activity)
        {
            Rate.Set(rate, now);
        }
    }

    public void Wait(Poller poller, TimeSpan now)
    {
        poller.WaitsSince = now;
        _waiting.Append(poller);
    }

    /// <summary>A poller that was reserved in vain goes on waiting where it was.</summary>
    public void WaitOn(Poller poller) => _waiting.Prepend(poller);

    /// <summary>A poller goes; its long wait was a poll until now.</summary>
    public void Leave(Poller poller, TimeSpan now)
    {
        _lastPoll = now;
        _lastUse = now;
        _waiting.Remove(poller);
    }

    /// <summary>Reserves a waiting poller for a task that is not in the backlog.</summary>
    public bool TryReserve(TimeSpan now, [NotNullWhen(true)] out Poller? poller)
    {
        poller = null;
        if (Backlog.Count > 0 || _waiting.Count == 0 || !Rate.TryTake(now))
        {
            return false;
        }

        if (!TryTakePoller(now, fromBacklog: false, out poller))
        {
            Rate.GiveBack();
            return false;
        }

        Added.Count(now);
        Dispatched.Count(now);
        return true;
    }

    public void Add(in TaskReference task, TimeSpan now)
    {
        _lastUse = now;
        if (Backlog.TryAdd(task))
        {
            Added.Count(now);
        }
    }

    /// <summary>Brings the next task and the next poller together, if there are both and the rate allows it.</summary>
    public bool TryMatch(TimeSpan now, out TaskReference task, [NotNullWhen(true)] out Poller? poller)
    {
        task = default;
        poller = null;
        if (Backlog.Count == 0 || _waiting.Count == 0 || !Rate.TryTake(now))
        {
            return false;
        }

        if (!TryTakePoller(now, fromBacklog: true, out poller))
        {
            Rate.GiveBack();
            return false;
        }

        Backlog.TryTake(out task);
        Dispatched.Count(now);
        return true;
    }

    /// <summary>Takes the next task for a poller that does not wait yet.</summary>
    public bool TryTakeTask(Poller poller, TimeSpan now, out TaskReference task)
    {
        task = default;
        if (Backlog.Count == 0 || _waiting.Count > 0 || !Rate.TryTake(now))
        {
            return false;
        }

        if (!poller.TryReserve())
        {
            Rate.GiveBack();
            return false;
        }

        Backlog.TryTake(out task);
        NoteTaken(poller, now, fromBacklog: true);
        Dispatched.Count(now);
        return true;
    }

    /// <summary>The reservation came to nothing: the rate it used is free again.</summary>
    public void GiveBack() => Rate.GiveBack();

    /// <summary>A query takes a waiting poller, or waits for one.</summary>
    public bool TryOffer(OfferedQuery query, TimeSpan now, [NotNullWhen(true)] out Poller? poller)
    {
        _lastUse = now;
        if (TryTakePoller(now, fromBacklog: false, out poller))
        {
            return true;
        }

        query.Place = _queries.AddLast(query);
        return false;
    }

    public bool TryTakeQuery(Poller poller, TimeSpan now, [NotNullWhen(true)] out OfferedQuery? query)
    {
        query = _queries.First?.Value;
        if (query is null || !poller.TryReserve())
        {
            query = null;
            return false;
        }

        Withdraw(query);
        NoteTaken(poller, now, fromBacklog: true);
        return true;
    }

    /// <summary>False when a poller has it already.</summary>
    public bool Withdraw(OfferedQuery query)
    {
        if (query.Place is not { } place)
        {
            return false;
        }

        _queries.Remove(place);
        query.Place = null;
        return true;
    }

    /// <summary>The worker said goodbye: nobody believes in its sticky queue until it polls again.</summary>
    public void Unload() => _lastPoll = null;

    /// <summary>Takes all queries out.</summary>
    public IReadOnlyList<OfferedQuery> WithdrawAll()
    {
        var withdrawn = _queries.ToList();
        withdrawn.ForEach(query => Withdraw(query));
        return withdrawn;
    }

    public bool TryForget(TimeSpan now)
    {
        var idle = _waiting.Count == 0 && Backlog.Count == 0 && _queries.Count == 0;
        if (!idle || now - _lastUse <= PollerHistory.Remembered)
        {
            return false;
        }

        IsForgotten = true;
        Release?.Dispose();
        return true;
    }

    private bool TryTakePoller(TimeSpan now, bool fromBacklog, [NotNullWhen(true)] out Poller? poller)
    {
        while ((poller = _waiting.First) is not null)
        {
            _waiting.Remove(poller);
            if (poller.TryReserve())
            {
                NoteTaken(poller, now, fromBacklog);
                return true;
            }
        }

        return false;
    }

    private void NoteTaken(Poller poller, TimeSpan now, bool fromBacklog)
    {
        _lastPoll = now;
        _lastUse = now;
        poller.Waited = now - poller.WaitsSince;
        poller.TookFromBacklog = fromBacklog;
    }
}
