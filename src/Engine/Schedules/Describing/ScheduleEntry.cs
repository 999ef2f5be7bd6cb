using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Describing;

/// <summary>A schedule in a list.</summary>
internal static class ScheduleEntry
{
    private const int SpecParts = 10;
    private const int Actions = 5;

    public static ScheduleListEntry Of(ScheduleState state, Instant now) => new()
    {
        ScheduleId = state.Id,
        Memo = new Memo { Fields = { state.Memo } },
        SearchAttributes = new SearchAttributes { IndexedFields = { state.SearchAttributes } },
        Info = new ScheduleListInfo
        {
            Spec = SpecView.Short(state.Spec.Canonical, SpecParts),
            WorkflowType = state.Action.StartWorkflow.WorkflowType,
            Notes = state.Notes,
            Paused = state.IsPaused,
            RecentActions = { ActionTimes.Recent(state, Actions) },
            FutureActionTimes = { ActionTimes.Future(state, now, Actions) },
        },
    };
}
