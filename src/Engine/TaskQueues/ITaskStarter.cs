namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Starts a queued task for a reserved poller: records it, and completes the poller once that is durable. When
/// the task is stale the poller is returned to the matcher.</summary>
internal interface ITaskStarter
{
    /// <summary>Takes the task over. Returns at once: what becomes of the poller is said later, from another stack.</summary>
    void Start(in TaskReference task, Poller poller);
}
