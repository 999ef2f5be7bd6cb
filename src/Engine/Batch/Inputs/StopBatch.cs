using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>Ends a batch operation where it is.</summary>
internal sealed record StopBatch(EntityKey Key) : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context) => state switch
    {
        null => EntityDecision<BatchState>.Reject(BatchRejections.NotFound(Key.Id)),
        { IsRunning: false } => EntityDecision<BatchState>.Reject(Rejection.AlreadyCompleted()),
        _ => EntityDecision<BatchState>.Change(
            BatchClosing.Close(state, BatchStatus.Stopped, context), Done.Instance),
    };
}
