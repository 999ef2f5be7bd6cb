using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Describing;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>What a schedule is, has done and will do.</summary>
internal sealed class DescribeSchedule(ScheduleAccess schedules)
    : IRpc<DescribeScheduleRequest, DescribeScheduleResponse>
{
    public async ValueTask<Answer<DescribeScheduleResponse>> AnswerAsync(DescribeScheduleRequest request, Call call)
    {
        if (schedules.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var outcome = await schedules.SubmitAsync(new ReadEntity<ScheduleState>(
                ScheduleAccess.KeyOf(ns, request.ScheduleId),
                (state, now) => ScheduleDescription.Of(state, ns, now),
                ScheduleRejections.NotFound))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (DescribeScheduleResponse)outcome.Reply;
    }
}
