using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Nexus.Tasks;

/// <summary>A request on its way to a worker and back. It ends once.</summary>
internal sealed class PendingNexusTask(NexusTask task, TaskQueueKey queue, Action<NexusTaskOutcome> settled)
{
    private int _isSettled;

    public NexusTask Task { get; } = task;

    public OfferedQuery Offer { get; } = new(queue, task.Id, TaskRoute.Open, task, static () => { });

    /// <summary>Gives up when it rings; set before the task is offered.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>False when it has ended before.</summary>
    public bool TrySettle(NexusTaskOutcome outcome)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
        {
            return false;
        }

        Timer?.Dispose();
        settled(outcome);
        return true;
    }
}
