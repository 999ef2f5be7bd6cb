using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>It is known how many runs there are to work on, and which is the last of them.</summary>
internal sealed record RecordBatchScope(EntityKey Key, Guid Incarnation, long Total, long LastRun)
    : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context) =>
        state is { IsRunning: true, Total: null } && state.Incarnation == Incarnation
            ? EntityDecision<BatchState>.Change(state with { Total = Total, LastRun = LastRun }, Done.Instance)
            : EntityDecision<BatchState>.Answer(Done.Instance);
}
