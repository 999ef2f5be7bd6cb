using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>The retention of a finished batch operation is over.</summary>
internal sealed record ForgetBatch(EntityKey Key) : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context) =>
        EntityDecision<BatchState>.Delete(Done.Instance);
}
