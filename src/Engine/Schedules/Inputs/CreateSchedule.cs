using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules.Progress;
using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>Makes a schedule. Answers its <see cref="ScheduleState"/>.</summary>
/// <param name="Request">Has passed the checks of the API.</param>
/// <param name="Spec">The request's.</param>
/// <param name="SearchAttributes">The request's, in the form in which they are kept.</param>
internal sealed record CreateSchedule(
    EntityKey Key, CreateScheduleRequest Request, CompiledSpec Spec, SearchAttributes SearchAttributes)
    : EntityInput<ScheduleState>(Key)
{
    public override EntityDecision<ScheduleState> Decide(
        ScheduleState? state, EntityContext<ScheduleState> context)
    {
        if (state is not null)
        {
            return state.CreateRequestId == Request.RequestId
                ? EntityDecision<ScheduleState>.Answer(state)
                : EntityDecision<ScheduleState>.Reject(ScheduleRejections.AlreadyExists(state));
        }

        if (SchedulePatching.Check(backfills: 0, Request.InitialPatch) is { } refusal)
        {
            return EntityDecision<ScheduleState>.Reject(refusal);
        }

        var created = SchedulePatching.Apply(New(context), Request.InitialPatch, context.Now);
        var after = ScheduleProgress.Of(created, context.Now);
        return EntityDecision<ScheduleState>.Change(after, after);
    }

    private ScheduleState New(EntityContext<ScheduleState> context)
    {
        var (schedule, given) = (Request.Schedule, Request.Schedule.State ?? new());
        return new ScheduleState
        {
            Key = Key,
            Incarnation = context.Ids.Next(),
            CreateRequestId = Request.RequestId,
            CreatedAt = context.Now,
            DoneUntil = context.Now,
            Spec = Spec,
            Action = schedule.Action,
            Policies = schedule.Policies ?? new(),
            IsPaused = given.Paused,
            Notes = given.Notes,
            HasLimitedActions = given.LimitedActions,
            RemainingActions = given.RemainingActions,
            Memo = Sorted(Request.Memo?.Fields),
            SearchAttributes = Sorted(SearchAttributes.IndexedFields),
        };
    }

    internal static ImmutableSortedDictionary<string, Payload> Sorted(IEnumerable<KeyValuePair<string, Payload>>? fields) =>
        fields is null
            ? ImmutableSortedDictionary.Create<string, Payload>(StringComparer.Ordinal)
            : fields.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
