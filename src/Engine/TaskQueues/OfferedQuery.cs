using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A query that looks for a poller. It is never stored: it goes to one that waits or comes in time.</summary>
/// <param name="task">What the poller is given.</param>
/// <param name="refused">Called when the queue's worker says goodbye while this waits for it.</param>
internal sealed class OfferedQuery(TaskQueueKey queue, object task, Action refused)
{
    public TaskQueueKey Queue { get; } = queue;

    public Outcome Outcome { get; } = new(task, null);

    public Action Refused { get; } = refused;

    /// <summary>Its place among the queries that wait; guarded by its queue's lock.</summary>
    internal LinkedListNode<OfferedQuery>? Place { get; set; }
}
