namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Which workflow task a worker answers: taken from its task token.</summary>
internal readonly record struct WorkflowTaskReference(
    long ScheduledEventId, long StartedEventId, int Attempt, Instant StartedAt)
{
    public static WorkflowTaskReference Of(WorkflowTask task) =>
        new(task.ScheduledEventId, task.StartedEventId, task.Attempt, task.StartedAt);

    /// <summary>The started task of this run if it is the one meant; null when the worker is too late.</summary>
    public WorkflowTask? Find(RunState state) =>
        state is { IsRunning: true, Task: { IsStarted: true } task } && Of(task) == this ? task : null;
}
