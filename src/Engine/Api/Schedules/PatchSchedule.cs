using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Schedules.Inputs.PatchSchedule;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Pauses, unpauses, triggers or backfills a schedule.</summary>
internal sealed class PatchSchedule(ScheduleAccess schedules) : IRpc<PatchScheduleRequest, PatchScheduleResponse>
{
    public async ValueTask<Answer<PatchScheduleResponse>> AnswerAsync(PatchScheduleRequest request, Call call)
    {
        if ((schedules.Enter(request.Namespace, out var ns) ?? Check(request)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await schedules
            .ChangeAsync(new Input(ScheduleAccess.KeyOf(ns, request.ScheduleId), request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new PatchScheduleResponse();
    }

    private Rejection? Check(PatchScheduleRequest request) =>
        (request.Patch is null ? Rejection.InvalidArgument("Patch is not set on request.") : null)
        ?? Lengths.RequestId(request.RequestId)
        ?? ScheduleChecks.Notes(request.Patch)
        ?? BlobCheck.Check(request.Patch, schedules.Limits.In(request.Namespace));
}
