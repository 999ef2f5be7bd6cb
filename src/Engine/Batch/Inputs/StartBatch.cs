using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>Begins a batch operation.</summary>
/// <param name="Request">Has passed the checks of the API.</param>
/// <param name="MaxRunning">How many of a namespace may run at the same time.</param>
internal sealed record StartBatch(EntityKey Key, StartBatchOperationRequest Request, int MaxRunning)
    : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context)
    {
        var running = context.Entities.Values.Count(other => other.IsRunning && other.Key.Namespace == Key.Namespace);
        if (running >= MaxRunning)
        {
            return EntityDecision<BatchState>.Reject(BatchRejections.TooMany());
        }

        if (state is not null)
        {
            return EntityDecision<BatchState>.Reject(BatchRejections.AlreadyExists(state));
        }

        return EntityDecision<BatchState>.Change(
            new BatchState
            {
                Key = Key,
                Incarnation = context.Ids.Next(),
                Request = Request,
                StartedAt = context.Now,
            },
            Done.Instance);
    }
}
