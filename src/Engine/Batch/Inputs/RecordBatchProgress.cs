using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>Everything up to a position is done: it is not done again after a crash.</summary>
/// <param name="After">The position that these counts were counted from.</param>
internal sealed record RecordBatchProgress(
    EntityKey Key, Guid Incarnation, long After, long Position, long Succeeded, long Failed, bool IsAll)
    : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context)
    {
        if (state is not { IsRunning: true } || state.Incarnation != Incarnation || state.Position != After)
        {
            return EntityDecision<BatchState>.Answer(Done.Instance); // Counted already, or of no interest any more.
        }

        var after = state with
        {
            Position = Position,
            Succeeded = state.Succeeded + Succeeded,
            Failed = state.Failed + Failed,
        };
        return EntityDecision<BatchState>.Change(
            IsAll ? BatchClosing.Close(after, BatchStatus.Completed, context) : after, Done.Instance);
    }
}
