namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Queries, which go to pollers like tasks.</summary>
internal sealed partial class TaskMatcher
{
    /// <summary>Gives a query to a poller that waits, or to the next one that comes. False when it is for a sticky
    /// queue whose worker is gone.</summary>
    public bool Offer(OfferedQuery query)
    {
        var now = Now;
        while (true)
        {
            var queue = QueueOf(query.Queue, now);
            Poller? poller;
            lock (queue.Gate)
            {
                if (queue.IsForgotten)
                {
                    continue;
                }

                if (query.Queue.IsSticky && !queue.IsStickyAlive(now))
                {
                    return false;
                }

                queue.TryOffer(query, now, out poller);
            }

            poller?.Complete(query.Outcome);
            return true;
        }
    }

    /// <summary>The query does not look for a poller any more. False when one has it already.</summary>
    public bool Withdraw(OfferedQuery query)
    {
        if (!_queues.TryGetValue(query.Queue, out var queue))
        {
            return false;
        }

        lock (queue.Gate)
        {
            return MatchingQueue.Withdraw(query);
        }
    }

    /// <summary>Whether anybody who may answer polled a queue lately or waits there now.</summary>
    public bool WasPolledWithin(TimeSpan window, TaskQueueKey key, string workflowId, in TaskRoute route)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            return false;
        }

        lock (queue.Gate)
        {
            return queue.WasPolledWithin(window, workflowId, route, Now);
        }
    }
}
