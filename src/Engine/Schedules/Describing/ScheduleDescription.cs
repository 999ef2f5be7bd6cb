using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Describing;

/// <summary>A schedule as clients see it.</summary>
internal static class ScheduleDescription
{
    private const int FutureActions = 10;
    private const int RecentActions = 10;

    public static DescribeScheduleResponse Of(ScheduleState state, NamespaceInfo ns, Instant now) => new()
    {
        Schedule = ScheduleOf(state, ns),
        Info = InfoOf(state, now),
        ConflictToken = ConflictTokens.ToToken(state.ConflictToken),
        Memo = new Memo { Fields = { state.Memo } },
        SearchAttributes = new SearchAttributes { IndexedFields = { state.SearchAttributes } },
    };

    private static Schedule ScheduleOf(ScheduleState state, NamespaceInfo ns)
    {
        var policies = state.Policies.Clone();
        policies.OverlapPolicy = state.OverlapPolicy;
        policies.CatchupWindow = Duration.FromTimeSpan(state.CatchupWindow);
        var action = state.Action.Clone();
        action.StartWorkflow.SearchAttributes = action.StartWorkflow.SearchAttributes is { } attributes
            ? SearchAttributeValues.Normalize(attributes, new SearchAttributeCatalog(ns.SearchAttributes))
            : null;
        return new Schedule
        {
            Spec = SpecView.Of(state.Spec.Canonical),
            Action = action,
            Policies = policies,
            State = new Temporalio.Api.Schedule.V1.ScheduleState
            {
                Paused = state.IsPaused,
                Notes = state.Notes,
                LimitedActions = state.HasLimitedActions,
                RemainingActions = state.RemainingActions,
            },
        };
    }

    private static ScheduleInfo InfoOf(ScheduleState state, Instant now) => new()
    {
        ActionCount = state.Counters.Actions,
        MissedCatchupWindow = state.Counters.MissedCatchup,
        OverlapSkipped = state.Counters.OverlapSkipped,
        BufferDropped = state.Counters.BufferDropped,
        BufferSize = state.Buffer.Count,
        RunningWorkflows = { ActionTimes.Running(state) },
        RecentActions = { ActionTimes.Recent(state, RecentActions) },
        FutureActionTimes = { ActionTimes.Future(state, now, FutureActions) },
        CreateTime = state.CreatedAt.ToTimestamp(),
        UpdateTime = state.UpdatedAt?.ToTimestamp(),
    };
}
