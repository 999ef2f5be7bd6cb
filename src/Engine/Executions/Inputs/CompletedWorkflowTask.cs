namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a worker that completed its workflow task.</summary>
/// <param name="State">The run afterwards.</param>
/// <param name="Next">The next workflow task, when the worker asked for it and there is one.</param>
/// <param name="EagerActivities">Activities started for the worker in the same transition.</param>
internal sealed record CompletedWorkflowTask(
    RunState State, StartedWorkflowTask? Next, IReadOnlyList<StartedActivity> EagerActivities)
{
    /// <summary>When the task was dropped: the event to which the worker takes its copy of history back. Else 0.</summary>
    public long ResetHistoryEventId { get; init; }
}
