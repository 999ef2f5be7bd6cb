namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Starts a queued task for a reserved poller: records it, and completes the poller once that is durable. When
/// the task is stale the poller is returned to the matcher.</summary>
internal interface ITaskStarter
{
    void Start(in TaskReference task, Poller poller);
}
