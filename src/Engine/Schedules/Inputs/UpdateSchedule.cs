using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Progress;
using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>Replaces a schedule's spec, action, policies and state. Times before the update are not looked at again; what
/// waits in the buffer stays.</summary>
/// <param name="Request">Has passed the checks of the API.</param>
/// <param name="SearchAttributes">The request's, in the form in which they are kept; null keeps those that are there.
/// </param>
internal sealed record UpdateSchedule(
    EntityKey Key, UpdateScheduleRequest Request, CompiledSpec Spec, SearchAttributes? SearchAttributes)
    : ScheduleInput(Key)
{
    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (KnownRequests.Contains(state, Request.RequestId))
        {
            return EntityDecision<ScheduleState>.Answer(Done.Instance);
        }

        if (!ConflictTokens.Allows(Request.ConflictToken, state.ConflictToken))
        {
            return EntityDecision<ScheduleState>.Reject(ScheduleRejections.ConflictTokenMismatch());
        }

        var after = ScheduleProgress.Of(Updated(state, context.Now), context.Now);
        return EntityDecision<ScheduleState>.Change(after, Done.Instance);
    }

    private ScheduleState Updated(ScheduleState state, Instant now)
    {
        var (schedule, given) = (Request.Schedule, Request.Schedule.State ?? new());
        return KnownRequests.With(state, Request.RequestId) with
        {
            UpdatedAt = now,
            ConflictToken = state.ConflictToken + 1,
            Spec = Spec,
            Action = schedule.Action,
            Policies = schedule.Policies ?? new(),
            IsPaused = given.Paused,
            Notes = given.Notes,
            HasLimitedActions = given.LimitedActions,
            RemainingActions = given.RemainingActions,
            DoneUntil = now > state.DoneUntil ? now : state.DoneUntil,
            Next = null,
            Memo = Request.Memo is { } memo ? CreateSchedule.Sorted(memo.Fields) : state.Memo,
            SearchAttributes = SearchAttributes is { } attributes
                ? CreateSchedule.Sorted(attributes.IndexedFields)
                : state.SearchAttributes,
        };
    }
}
