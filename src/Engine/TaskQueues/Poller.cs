using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>One worker's open long poll: waits, is reserved for a task, and ends exactly once.</summary>
internal sealed class Poller(TaskQueueKey queue, string identity, string workerInstanceKey, Action<Outcome?> ended)
{
    private const int Waiting = 0;
    private const int Reserved = 1;
    private const int Ended = 2;
    private int _state;

    public TaskQueueKey Queue { get; } = queue;

    public string Identity { get; } = identity;

    public string WorkerInstanceKey { get; } = workerInstanceKey;

    /// <summary>The build the worker runs, for <c>bad binary</c> checks and the STARTED event; empty when not said.</summary>
    public Temporalio.Api.Common.V1.WorkerVersionCapabilities? Version { get; init; }

    /// <summary>When it began to wait.</summary>
    public Instant Since { get; init; }

    /// <summary>Takes it for one task. False when its caller has gone meanwhile.</summary>
    public bool TryReserve() => Interlocked.CompareExchange(ref _state, Reserved, Waiting) == Waiting;

    /// <summary>The reserved task turned out stale: waits again.</summary>
    public void Release() => Interlocked.CompareExchange(ref _state, Waiting, Reserved);

    /// <summary>Ends a reserved poll with its task or a refusal.</summary>
    public void Complete(Outcome outcome)
    {
        if (Interlocked.Exchange(ref _state, Ended) != Ended)
        {
            ended(outcome);
        }
    }

    /// <summary>Ends a poll that still waits, with nothing. False when a task has been reserved for it.</summary>
    public bool TryEndEmpty()
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Waiting) != Waiting)
        {
            return false;
        }

        ended(null);
        return true;
    }
}
