using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>A query that somebody waits for. Thread-safe; settled exactly once.</summary>
/// <param name="settled">Told the outcome: a <c>QueryWorkflowResponse</c> or a refusal. Must not block.</param>
/// <param name="reroute">Asks again how it is to be answered.</param>
internal sealed class PendingQuery(
    string id,
    WorkflowQuery query,
    QueryRejectCondition rejectCondition,
    Instant? deadline,
    Action<PendingQuery, Outcome> settled,
    Action<PendingQuery> reroute)
{
    private readonly Lock _gate = new();
    private readonly List<ITimer> _timers = [];
    private OfferedQuery? _offered;
    private RunState? _asked;
    private int _settled;

    public string Id { get; } = id;

    public WorkflowQuery Query { get; } = query;

    public QueryRejectCondition RejectCondition { get; } = rejectCondition;

    /// <summary>When the caller gives up; null when it did not say.</summary>
    public Instant? Deadline { get; } = deadline;

    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Where it looks, or looked, for a poller of its own; null while it is buffered.</summary>
    public OfferedQuery? Offered => Volatile.Read(ref _offered);

    /// <summary>The run as a worker was asked about it; null while it is buffered.</summary>
    public RunState? Asked => Volatile.Read(ref _asked);

    /// <summary>From now on a poller of that queue may get it.</summary>
    public void Ask(RunState state, OfferedQuery offered)
    {
        Volatile.Write(ref _asked, state);
        Volatile.Write(ref _offered, offered);
    }

    /// <summary>Another queue's pollers may get it instead. False when it has been moved before.</summary>
    public bool TryMove(OfferedQuery from, OfferedQuery to) =>
        Interlocked.CompareExchange(ref _offered, to, from) == from;

    /// <summary>Keeps a timer until the query ends.</summary>
    public void Keep(ITimer timer)
    {
        lock (_gate)
        {
            if (!IsSettled)
            {
                _timers.Add(timer);
                return;
            }
        }

        timer.Dispose();
    }

    /// <summary>Ends it. Nothing happens when it has ended before: the first word counts.</summary>
    public void Settle(Outcome outcome)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            lock (_gate)
            {
                _timers.ForEach(timer => timer.Dispose());
                _timers.Clear();
            }

            settled(this, outcome);
        }
    }

    /// <summary>The workflow task that it waited for came to nothing, or brought no answer.</summary>
    public void Reroute()
    {
        if (!IsSettled)
        {
            reroute(this);
        }
    }
}
