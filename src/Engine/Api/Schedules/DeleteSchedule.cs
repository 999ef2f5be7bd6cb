using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Schedules.Inputs.DeleteSchedule;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Removes a schedule; the workflows that it has started go on.</summary>
internal sealed class DeleteSchedule(ScheduleAccess schedules) : IRpc<DeleteScheduleRequest, DeleteScheduleResponse>
{
    public async ValueTask<Answer<DeleteScheduleResponse>> AnswerAsync(DeleteScheduleRequest request, Call call)
    {
        if (schedules.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var outcome = await schedules
            .SubmitAsync(new Input(ScheduleAccess.KeyOf(ns, request.ScheduleId)))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new DeleteScheduleResponse();
    }
}
