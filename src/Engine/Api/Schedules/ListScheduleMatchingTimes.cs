using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Schedules;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>The times at which a schedule acts between two points in time.</summary>
internal sealed class ListScheduleMatchingTimes(ScheduleAccess schedules)
    : IRpc<ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>
{
    private const int MaxTimes = 1000;

    public async ValueTask<Answer<ListScheduleMatchingTimesResponse>> AnswerAsync(
        ListScheduleMatchingTimesRequest request, Call call)
    {
        if (schedules.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        // Only what the times come from is read in the schedule's turn.
        var outcome = await schedules.SubmitAsync(new ReadEntity<ScheduleState>(
                ScheduleAccess.KeyOf(ns, request.ScheduleId),
                static (state, _) => state,
                ScheduleRejections.NotFound))
            .ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        return request.StartTime is null || request.EndTime is null
            ? Rejection.InvalidArgument("missing or invalid query")
            : Times((ScheduleState)outcome.Reply, request);
    }

    private static Answer<ListScheduleMatchingTimesResponse> Times(
        ScheduleState state, ListScheduleMatchingTimesRequest request)
    {
        var (after, end) = (Instant.From(request.StartTime), Instant.From(request.EndTime));
        var response = new ListScheduleMatchingTimesResponse();
        while (response.StartTime.Count < MaxTimes)
        {
            var next = state.Spec.Next(state.Seed, after, out var isOverExcluded);
            if (isOverExcluded)
            {
                return Rejection.InvalidArgument(
                    "the schedule calendar specification has too many exclusions. Please modify the specification.");
            }

            if (next is not { } time || time.At > end)
            {
                break;
            }

            response.StartTime.Add(time.At.ToTimestamp());
            after = time.Nominal;
        }

        return response;
    }
}
