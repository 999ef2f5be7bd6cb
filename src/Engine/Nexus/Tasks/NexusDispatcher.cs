using System.Collections.Concurrent;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Nexus.Tasks;

/// <summary>Carries requests to the workers of a queue, and their answers back. Thread-safe; nothing of it is
/// stored: a request goes to a worker that waits or comes in time.</summary>
internal sealed class NexusDispatcher(TaskMatcher matcher, IIdSource ids, TimeProvider time)
{
    /// <summary>How many requests may be under way at once.</summary>
    public const int MaxOpen = 10_000;

    private const string NotWaitedFor = "Nexus task not found or already expired";
    private readonly ConcurrentDictionary<string, PendingNexusTask> _open = new(StringComparer.Ordinal);

    public int OpenCount => _open.Count;

    /// <summary>Offers a request to the workers of a queue.</summary>
    /// <param name="patience">How long the answer is waited for.</param>
    /// <param name="settled">Told the outcome, once, on an unspecified thread; must not block.</param>
    public PendingNexusTask Dispatch(
        NamespaceId ns, string taskQueue, Request request, TimeSpan patience, Action<NexusTaskOutcome> settled)
    {
        patience = patience > TimeSpan.Zero ? patience : TimeSpan.Zero;
        var task = new NexusTask(
            ids.Next().ToString("D"), ns, request, Instant.From(time.GetUtcNow()) + patience);
        var pending = new PendingNexusTask(
            task,
            new TaskQueueKey(ns, taskQueue, TaskQueueType.Nexus),
            outcome =>
            {
                _open.TryRemove(task.Id, out _);
                settled(outcome);
            });
        if (_open.Count >= MaxOpen)
        {
            pending.TrySettle(new NexusTaskOutcome.Refused(Rejection.ResourceExhausted(
                ResourceExhaustedCause.ConcurrentLimit, "too many Nexus requests are waiting for an answer")));
            return pending;
        }

        _open[task.Id] = pending;
        pending.Timer = time.CreateTimer(
            _ => GiveUp(pending, NexusTaskOutcome.TimedOut.Instance),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        pending.Timer.Change(patience, Timeout.InfiniteTimeSpan);
        matcher.Offer(pending.Offer);
        if (!_open.ContainsKey(task.Id))
        {
            matcher.Withdraw(pending.Offer);   // its time was up before it was offered
        }

        return pending;
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void GiveUp(PendingNexusTask pending, NexusTaskOutcome outcome)
    {
        if (pending.TrySettle(outcome))
        {
            matcher.Withdraw(pending.Offer);
        }
    }

    /// <summary>A worker answers. Null, or why nobody waits for it.</summary>
    /// <param name="ns">The namespace that it answers in: it must be the one that was asked.</param>
    public Rejection? Answer(NamespaceId ns, string id, NexusTaskOutcome outcome) =>
        _open.TryGetValue(id, out var pending) && pending.Task.Namespace == ns && pending.TrySettle(outcome)
            ? null
            : Rejection.NotFound(NotWaitedFor);

    /// <summary>The engine stops: nobody will be answered any more.</summary>
    public void EndAll()
    {
        foreach (var pending in _open.Values.OrderBy(pending => pending.Task.Id, StringComparer.Ordinal))
        {
            GiveUp(pending, new NexusTaskOutcome.Refused(Rejection.Unavailable("the engine is shutting down")));
        }
    }
}
