using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>One worker's open long poll: waits, is reserved for a task, and ends exactly once.</summary>
/// <param name="ended">Called once, outside every lock: a task, a query or a refusal; null when there is nothing.</param>
internal sealed class Poller(TaskQueueKey queue, string identity, string workerInstanceKey, Action<Outcome?> ended)
{
    private const int Waiting = 0;
    private const int Reserved = 1;
    private const int Leaving = 2;
    private const int Ended = 3;
    private int _state;

    public TaskQueueKey Queue { get; } = queue;

    public string Identity { get; } = identity;

    public string WorkerInstanceKey { get; } = workerInstanceKey;

    /// <summary>The build the worker runs, for <c>bad binary</c> checks and the STARTED event; empty when not said.</summary>
    public WorkerVersionCapabilities? Version { get; init; }

    public WorkerDeploymentOptions? Deployment { get; init; }

    /// <summary>The version that its worker runs; null when it takes no part in versioning.</summary>
    public DeploymentVersion? Runs => DeploymentVersion.Of(Deployment);

    /// <summary>The rate that this activity worker asks for its whole queue, in tasks a second; null when it does not.</summary>
    public double? MaxTasksPerSecond { get; init; }

    /// <summary>Null when it does not say.</summary>
    public SdkClient? Sdk { get; init; }

    /// <summary>When it began to wait.</summary>
    public Instant Since { get; init; }

    /// <summary>Whether its task had waited for it, not it for its task. Set when it is reserved.</summary>
    public bool TookFromBacklog { get; set; }

    /// <summary>The fairness key of the task it was reserved for.</summary>
    public string TookKey { get; set; } = "";

    /// <summary>How long it waited for its task. Set when it is reserved.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>The matcher's clock when it began to wait.</summary>
    internal TimeSpan WaitsSince { get; set; }

    /// <summary>Its place among the waiting; guarded by its queue's lock.</summary>
    internal PollerList? Place { get; set; }

    internal Poller? Previous { get; set; }

    internal Poller? Next { get; set; }

    internal bool IsWaiting => Volatile.Read(ref _state) == Waiting;

    /// <summary>Takes it for one task. False when its caller has gone meanwhile.</summary>
    public bool TryReserve() => Interlocked.CompareExchange(ref _state, Reserved, Waiting) == Waiting;

    /// <summary>The reserved task turned out stale: waits again. False when its caller has gone meanwhile; then it has
    /// to be ended.</summary>
    public bool TryRelease() => Interlocked.CompareExchange(ref _state, Waiting, Reserved) == Reserved;

    /// <summary>Its caller goes, or its time is up. True when it still waited: the caller of this then has to call
    /// <see cref="EndEmpty"/>. A reserved one ends with its task, or empty when that is stale.</summary>
    public bool TryLeave()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Waiting when Interlocked.CompareExchange(ref _state, Leaving, Waiting) == Waiting:
                    return true;
                case Reserved when Interlocked.CompareExchange(ref _state, Leaving, Reserved) == Reserved:
                    return false;
                case Leaving or Ended:
                    return false;
                default:
                    continue;
            }
        }
    }

    /// <summary>Ends a poll with its task or a refusal.</summary>
    public void Complete(Outcome outcome)
    {
        if (Interlocked.Exchange(ref _state, Ended) != Ended)
        {
            ended(outcome);
        }
    }

    /// <summary>Ends a poll with nothing.</summary>
    public void EndEmpty()
    {
        if (Interlocked.Exchange(ref _state, Ended) != Ended)
        {
            ended(null);
        }
    }
}
