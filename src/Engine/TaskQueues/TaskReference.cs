using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A task that exists because a run's state says so. It is checked against that state when a poller gets it.</summary>
/// <param name="Queue">Where it waits.</param>
/// <param name="Fallback">The normal queue of a sticky task, for when the sticky worker is gone.</param>
/// <param name="Attempt">With the event id it names the task: a later attempt is another task.</param>
/// <param name="PriorityKey">1 (first) to 5; 3 when nobody said.</param>
internal readonly record struct TaskReference(
    RunKey Run,
    TaskQueueKey Queue,
    TaskQueueKey? Fallback,
    long ScheduledEventId,
    int Attempt,
    Instant ScheduledAt,
    int PriorityKey)
{
    /// <summary>Tasks of one key share what their queue gives it; empty when nobody said.</summary>
    public string FairnessKey { get; init; } = "";

    /// <summary>The key's share, as this task says; 0 when it does not.</summary>
    public float FairnessWeight { get; init; }

    /// <summary>Which worker version it is for.</summary>
    public TaskRoute Route { get; init; }

    public bool IsActivity => Queue.Type == TaskQueueType.Activity;
}
