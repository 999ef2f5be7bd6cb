using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What the matcher tells of its queues.</summary>
internal sealed partial class TaskMatcher
{
    private const int LowestPriority = 5;
    private const double GrowingFactor = 1.2;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OldBacklog = TimeSpan.FromMilliseconds(200);

    /// <summary>A queue as it is now, all versions together.</summary>
    public QueueSnapshot Describe(TaskQueueKey key) => Describe(key, queue => queue.Seats(), queue => queue.Backlogs());

    /// <summary>One version's side of a queue: what is pinned to it, and what the routing gives it.</summary>
    public QueueSnapshot Describe(TaskQueueKey key, DeploymentVersion? version) => Describe(
        key,
        queue => queue.FindSeat(version) is { } seat ? [seat] : [],
        queue => queue.FindSeat(version) is { } seat ? queue.BacklogsOf(seat) : []);

    /// <summary>Advice for the worker whose poll has just got a task: one poll more, one less, or null for none.</summary>
    public PollerScalingDecision? AdviseOn(Poller poller)
    {
        if (!poller.TookFromBacklog && poller.Waited >= IdlePoll)
        {
            return Advice(-1);
        }

        if (!_queues.TryGetValue(poller.Queue, out var queue))
        {
            return null;
        }

        lock (queue.Gate)
        {
            var now = Now;
            var seat = queue.FindSeat(poller.Queue.IsSticky ? null : poller.Runs);
            if (seat is null || !seat.Scaling.TryTake(seat.Pollers.ApproximateCount, now) || queue.Rate.Holds(now))
            {
                return null;
            }

            var wall = Instant.From(_time.GetUtcNow());
            foreach (var backlog in queue.BacklogsOf(seat))
            {
                if (backlog.TryPeek(out var head) && Age(head.ScheduledAt, wall) > OldBacklog)
                {
                    return Advice(+1);
                }
            }

            var isGrowing = seat.Added.PerSecond(now) > GrowingFactor * seat.Dispatched.PerSecond(now);
            return isGrowing ? Advice(+1) : null;
        }
    }

    /// <summary>How many tasks wait for a poller in a queue: the hint that goes with each workflow task.</summary>
    public int BacklogOf(TaskQueueKey key)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return 0;
        }

        lock (queue.Gate)
        {
            return queue.Waits;
        }
    }

    private QueueSnapshot Describe(
        TaskQueueKey key,
        Func<MatchingQueue, IEnumerable<VersionSeat>> seats,
        Func<MatchingQueue, IEnumerable<Backlog>> backlogs)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return QueueSnapshot.Empty;
        }

        var wall = Instant.From(_time.GetUtcNow());
        lock (queue.Gate)
        {
            var now = Now;
            var (theirs, waiting) = (seats(queue).ToList(), backlogs(queue).ToList());
            return new QueueSnapshot
            {
                Pollers = [.. theirs.SelectMany(seat => seat.Pollers.Describe(now))],
                Backlog = waiting.Sum(backlog => backlog.Count),
                BacklogAge = OldestOf(waiting) is { } oldest ? Age(oldest, wall) : TimeSpan.Zero,
                AddedPerSecond = theirs.Sum(seat => seat.Added.PerSecond(now)),
                DispatchedPerSecond = theirs.Sum(seat => seat.Dispatched.PerSecond(now)),
                ByPriority = ByPriority(theirs, waiting, now, wall),
                RateLimit = queue.Rate.PerSecond,
                RateSource = queue.RateSource,
                IsHeldBack = waiting.Exists(backlog => backlog.Count > 0) && queue.Rate.Holds(now),
            };
        }
    }

    private QueueTotals Totals()
    {
        var (backlog, polls, queues) = (0L, 0L, 0L);
        Instant? oldest = null;
        foreach (var queue in _queues.Values)
        {
            lock (queue.Gate)
            {
                backlog += queue.Waits;
                polls += queue.Seats().Sum(seat => seat.Waiting.Count);
                queues++;
                if (OldestOf(queue.Backlogs()) is { } since && !(oldest <= since))
                {
                    oldest = since;
                }
            }
        }

        var age = oldest is { } first ? Instant.From(_time.GetUtcNow()) - first : TimeSpan.Zero;
        return new QueueTotals(backlog, age > TimeSpan.Zero ? age : TimeSpan.Zero, polls, queues);
    }

    private static Instant? OldestOf(IEnumerable<Backlog> backlogs)
    {
        Instant? oldest = null;
        foreach (var backlog in backlogs)
        {
            if (backlog.TryPeek(out var head) && !(oldest <= head.ScheduledAt))
            {
                oldest = head.ScheduledAt;
            }
        }

        return oldest;
    }

    private static Dictionary<int, PrioritySnapshot> ByPriority(
        List<VersionSeat> seats, List<Backlog> backlogs, TimeSpan now, Instant wall)
    {
        var byPriority = new Dictionary<int, PrioritySnapshot>();
        for (var key = 1; key <= LowestPriority; key++)
        {
            var (count, oldest) = (0, (Instant?)null);
            foreach (var (waiting, since) in backlogs.Select(backlog => backlog.Of(key)))
            {
                count += waiting;
                oldest = since is null || oldest <= since ? oldest : since;
            }

            var snapshot = new PrioritySnapshot(
                count,
                oldest is { } first ? Age(first, wall) : TimeSpan.Zero,
                seats.Sum(seat => seat.Added.PerSecond(key, now)),
                seats.Sum(seat => seat.Dispatched.PerSecond(key, now)));
            if (snapshot is not { Count: 0, AddedPerSecond: 0, DispatchedPerSecond: 0 })
            {
                byPriority.Add(key, snapshot);
            }
        }

        return byPriority;
    }

    /// <summary>Never negative, whatever the machine's clock did meanwhile.</summary>
    private static TimeSpan Age(Instant since, Instant wall) => wall > since ? wall - since : TimeSpan.Zero;

    private static PollerScalingDecision Advice(int delta) => new() { PollRequestDeltaSuggestion = delta };
}
