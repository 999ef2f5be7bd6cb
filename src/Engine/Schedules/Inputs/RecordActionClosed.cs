using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Progress;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>The chain of runs that an action started has come to its end.</summary>
internal sealed record RecordActionClosed(EntityKey Key, Guid Incarnation, long Sequence, ClosedChain Closed)
    : ScheduleInput(Key)
{
    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (state.Incarnation != Incarnation
            || state.Actions.Find(a => a.Sequence == Sequence) is not { IsRunning: true } action)
        {
            return EntityDecision<ScheduleState>.Answer(Done.Instance);
        }

        var after = state with { Actions = state.Actions.Replace(action, action with { Status = Closed.Status }) };
        after = action.IsExclusive ? Remember(after) : after;
        after = PauseOnFailure(after, action);
        return EntityDecision<ScheduleState>.Change(ScheduleProgress.Of(after, context.Now), Done.Instance);
    }

    /// <summary>What the next run gets to know: the last result, and the failure after it, if there was one.</summary>
    private ScheduleState Remember(ScheduleState state) => Closed.Status switch
    {
        WorkflowExecutionStatus.Completed =>
            state with { LastResult = Closed.Result ?? state.LastResult, LastFailure = null },
        WorkflowExecutionStatus.Failed => state with { LastFailure = Closed.Failure },
        _ => state,
    };

    private ScheduleState PauseOnFailure(ScheduleState state, StartedAction action)
    {
        if (!state.Policies.PauseOnFailure || state.IsPaused)
        {
            return state;
        }

        var notes = Closed.Status switch
        {
            WorkflowExecutionStatus.Failed =>
                $"paused due to workflow failure: {action.WorkflowId}: {Closed.Failure?.Message}",
            WorkflowExecutionStatus.TimedOut => $"paused due to workflow timeout: {action.WorkflowId}",
            _ => null,
        };
        return notes is null
            ? state
            : state with { IsPaused = true, Notes = notes, ConflictToken = state.ConflictToken + 1 };
    }
}
