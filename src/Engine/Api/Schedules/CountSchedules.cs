using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>How many schedules match a query.</summary>
internal sealed class CountSchedules(ScheduleAccess schedules, ScheduleLists lists)
    : IRpc<CountSchedulesRequest, CountSchedulesResponse>
{
    public ValueTask<Answer<CountSchedulesResponse>> AnswerAsync(CountSchedulesRequest request, Call call)
    {
        if (schedules.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return (Answer<CountSchedulesResponse>)refusal;
        }

        return lists.Count(ns, request.Query).TryGet(out var count, out var wrong)
            ? (Answer<CountSchedulesResponse>)new CountSchedulesResponse { Count = count.Total }
            : (Answer<CountSchedulesResponse>)wrong;
    }
}
