using AugmentedOS.Engine.Entities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch;

/// <summary>All that the engine knows of one batch operation. Messages in it are shared and never changed.</summary>
internal sealed record BatchState : IEntityState
{
    public required EntityKey Key { get; init; }

    /// <summary>Tells it from an earlier one of its id.</summary>
    public required Guid Incarnation { get; init; }

    public required StartBatchOperationRequest Request { get; init; }

    public required Instant StartedAt { get; init; }

    public BatchStatus Status { get; init; } = BatchStatus.Running;

    public Instant? ClosedAt { get; init; }

    /// <summary>When it is forgotten; null while it runs.</summary>
    public Instant? WakeAt { get; init; }

    /// <summary>How many there were when it began; null until they are counted.</summary>
    public long? Total { get; init; }

    /// <summary>Runs that are numbered higher came later, and are none of its business.</summary>
    public long LastRun { get; init; }

    /// <summary>Everything up to this one is done: a run's number, or a place in the list of executions.</summary>
    public long Position { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    public bool IsRunning => Status == BatchStatus.Running;

    public BatchOperationType Type => BatchOperations.TypeOf(Request);

    public string Identity => BatchOperations.IdentityOf(Request);

    public BatchOperationState State => Status switch
    {
        BatchStatus.Running => BatchOperationState.Running,
        BatchStatus.Completed => BatchOperationState.Completed,
        _ => BatchOperationState.Failed,
    };
}
