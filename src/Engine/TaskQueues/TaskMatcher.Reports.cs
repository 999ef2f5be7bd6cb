using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What the matcher tells of its queues.</summary>
internal sealed partial class TaskMatcher
{
    private const int LowestPriority = 5;
    private const double GrowingFactor = 1.2;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OldBacklog = TimeSpan.FromMilliseconds(200);

    /// <summary>A queue as it is now.</summary>
    public QueueSnapshot Describe(TaskQueueKey key)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return QueueSnapshot.Empty;
        }

        var wall = Instant.From(_time.GetUtcNow());
        lock (queue.Gate)
        {
            var now = Now;
            return new QueueSnapshot
            {
                Pollers = queue.Pollers.Describe(now),
                Backlog = queue.Backlog.Count,
                BacklogAge = queue.Backlog.TryPeek(out var head) ? Age(head.ScheduledAt, wall) : TimeSpan.Zero,
                AddedPerSecond = queue.Added.PerSecond(now),
                DispatchedPerSecond = queue.Dispatched.PerSecond(now),
                ByPriority = ByPriority(queue.Backlog, wall),
                RateLimit = queue.Rate.PerSecond,
                IsHeldBack = queue.Backlog.Count > 0 && queue.Rate.Holds(now),
            };
        }
    }

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
            if (!queue.Scaling.TryTake(queue.Pollers.ApproximateCount, now) || queue.Rate.Holds(now))
            {
                return null;
            }

            if (queue.Backlog.TryPeek(out var head)
                && Age(head.ScheduledAt, Instant.From(_time.GetUtcNow())) > OldBacklog)
            {
                return Advice(+1);
            }

            var isGrowing = !poller.Queue.IsSticky
                && queue.Added.PerSecond(now) > GrowingFactor * queue.Dispatched.PerSecond(now);
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
            return queue.Backlog.Count;
        }
    }

    private (long Backlog, long Polls, long Queues) Totals()
    {
        var (backlog, polls, queues) = (0L, 0L, 0L);
        foreach (var queue in _queues.Values)
        {
            lock (queue.Gate)
            {
                backlog += queue.Backlog.Count;
                polls += queue.WaitingPollers;
                queues++;
            }
        }

        return (backlog, polls, queues);
    }

    private static Dictionary<int, (int Count, TimeSpan Age)> ByPriority(Backlog backlog, Instant wall)
    {
        var byPriority = new Dictionary<int, (int, TimeSpan)>();
        for (var key = 1; key <= LowestPriority; key++)
        {
            if (backlog.Of(key) is (var count, { } oldest))
            {
                byPriority.Add(key, (count, Age(oldest, wall)));
            }
        }

        return byPriority;
    }

    /// <summary>Never negative, whatever the machine's clock did meanwhile.</summary>
    private static TimeSpan Age(Instant since, Instant wall) => wall > since ? wall - since : TimeSpan.Zero;

    private static PollerScalingDecision Advice(int delta) => new() { PollRequestDeltaSuggestion = delta };
}
