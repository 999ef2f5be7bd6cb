using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A query that looks for a poller. It is never stored: it goes to one that waits or comes in time.</summary>
/// <param name="task">What the poller is given.</param>
/// <param name="refused">Called when the queue's worker says goodbye while this waits for it.</param>
internal sealed class OfferedQuery(
    TaskQueueKey queue, string workflowId, TaskRoute route, object task, Action refused)
{
    public TaskQueueKey Queue { get; } = queue;

    /// <summary>The workflow that is asked: a ramp takes it in or not.</summary>
    public string WorkflowId { get; } = workflowId;

    /// <summary>Which worker version may answer.</summary>
    public TaskRoute Route { get; } = route;

    public Outcome Outcome { get; } = new(task, null);

    public Action Refused { get; } = refused;

    /// <summary>Its place among the queries that wait; guarded by its queue's lock.</summary>
    internal LinkedListNode<OfferedQuery>? Place { get; set; }
}
