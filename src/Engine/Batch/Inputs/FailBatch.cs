using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>It cannot go on: what it looks for cannot be asked for any more (a search attribute was removed).</summary>
internal sealed record FailBatch(EntityKey Key, Guid Incarnation) : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context) =>
        state is { IsRunning: true } && state.Incarnation == Incarnation
            ? EntityDecision<BatchState>.Change(
                BatchClosing.Close(state, BatchStatus.Failed, context), Done.Instance)
            : EntityDecision<BatchState>.Answer(Done.Instance);
}
