using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>Everything up to a position is done: it is not done again after a crash. Answers the <see cref="BatchState"/>
/// when it was counted from elsewhere, and is not recorded: who works on it then begins again from there.</summary>
/// <param name="After">The position that these counts were counted from.</param>
internal sealed record RecordBatchProgress(
    EntityKey Key, Guid Incarnation, long After, long Position, long Succeeded, long Failed, bool IsAll)
    : EntityInput<BatchState>(Key)
{
    public override EntityDecision<BatchState> Decide(BatchState? state, EntityContext<BatchState> context)
    {
        if (state is not { IsRunning: true } || state.Incarnation != Incarnation)
        {
            return EntityDecision<BatchState>.Answer(Done.Instance); // Of no interest any more.
        }

        if (state.Position != After)
        {
            // Counted already, by a worker that a reload has replaced and that told of it late.
            return EntityDecision<BatchState>.Answer(state);
        }

        var after = state with
        {
            Position = Position,
            Succeeded = state.Succeeded + Succeeded,
            Failed = state.Failed + Failed,
        };
        return EntityDecision<BatchState>.Change(
            IsAll ? BatchClosing.Close(WithThoseThatAreNoMore(after), BatchStatus.Completed, context) : after,
            Done.Instance);
    }

    /// <summary>What was counted at the beginning and was not met any more needs nothing: it has ended meanwhile, perhaps by
    /// this very operation, whose word of it a crash took.</summary>
    private static BatchState WithThoseThatAreNoMore(BatchState state) =>
        state with { Succeeded = Math.Max(state.Succeeded, (state.Total ?? 0) - state.Failed) };
}
