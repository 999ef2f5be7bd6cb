using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Resetting;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of resets: of the run that was reset, and of the run that a reset made.</summary>
internal static class FoldResets
{
    public static RunState Reset(RunState state, RunReset reset) => state with
    {
        Successor = state.Successor?.Then(reset.NewRun, reset.RequestId, reset.ForkEventId)
            ?? new ResetSuccessor(reset.NewRun, reset.RequestId, reset.ForkEventId),
    };

    /// <summary>The run begins now, with what was copied as its past: its timeouts count from here, and activities that
    /// wait for a worker are as if just scheduled. Timers keep their time.</summary>
    public static RunState Forked(RunState state, RunForked forked)
    {
        var limit = state.Timeouts.Execution;
        var born = state with
        {
            Birth = state.Birth with { StartedAt = forked.At },
            IsParentInformed = true,
            Origin = new ResetOrigin(
                forked.At,
                forked.RequestId,
                forked.ForkEventId,
                state.StartedAt,
                limit > TimeSpan.Zero ? forked.At + limit : null),
        };
        return FoldActivities.Rescheduled(born, forked.At);
    }

    public static RunState AncestorKnown(RunState state, ResetAncestorKnown known) => state with
    {
        Origin = state.Origin!.WithFormerRun(known.Run),
    };

    public static RunState ChildReplaced(RunState state, ChildReplaced replaced) => state with
    {
        Origin = state.Origin! with { ReplacedChildren = state.Origin.ReplacedChildren.Add(replaced.Name) },
    };
}
