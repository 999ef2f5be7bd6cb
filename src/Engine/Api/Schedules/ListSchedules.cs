using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Schedules.Describing;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>The schedules that match a query, the latest created first.</summary>
internal sealed class ListSchedules(ScheduleAccess schedules, ScheduleLists lists)
    : IRpc<ListSchedulesRequest, ListSchedulesResponse>
{
    public ValueTask<Answer<ListSchedulesResponse>> AnswerAsync(ListSchedulesRequest request, Call call)
    {
        if (schedules.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return (Answer<ListSchedulesResponse>)refusal;
        }

        if (!lists.List(ns, request.Query, request.MaximumPageSize, request.NextPageToken)
            .TryGet(out var page, out var wrong))
        {
            return (Answer<ListSchedulesResponse>)wrong;
        }

        var now = schedules.Now;
        var response = new ListSchedulesResponse { NextPageToken = page.NextPageToken };
        response.Schedules.AddRange(page.Entities.Select(stored => ScheduleEntry.Of(ScheduleLists.StateOf(stored), now)));
        return (Answer<ListSchedulesResponse>)response;
    }
}
