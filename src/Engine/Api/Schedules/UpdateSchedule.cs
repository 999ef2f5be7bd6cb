using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Schedules.Inputs.UpdateSchedule;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Replaces what a schedule is.</summary>
internal sealed class UpdateSchedule(ScheduleAccess schedules) : IRpc<UpdateScheduleRequest, UpdateScheduleResponse>
{
    public async ValueTask<Answer<UpdateScheduleResponse>> AnswerAsync(UpdateScheduleRequest request, Call call)
    {
        request.Schedule ??= new Schedule();
        CompiledSpec spec = null!;
        if ((schedules.Enter(request.Namespace, out var ns) ?? Check(request, ns, out spec)) is { } refusal)
        {
            return refusal;
        }

        var attributes = request.SearchAttributes is null
            ? null
            : ScheduleChecks.Normalized(request.SearchAttributes, ns);
        var outcome = await schedules
            .ChangeAsync(new Input(ScheduleAccess.KeyOf(ns, request.ScheduleId), request, spec, attributes))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new UpdateScheduleResponse();
    }

    private Rejection? Check(UpdateScheduleRequest request, NamespaceInfo ns, out CompiledSpec spec)
    {
        spec = null!;
        return Lengths.RequestId(request.RequestId)
            ?? ScheduleChecks.Action(request.Schedule.Action?.StartWorkflow, ns, schedules.Limits.In(request.Namespace))
            ?? ScheduleChecks.Spec(request.Schedule, out spec)
            ?? RunSearchAttributes.Check(request.SearchAttributes, ns, schedules.Limits.In(request.Namespace))
            ?? ScheduleChecks.Sizes(request.Schedule, request.Memo, schedules.Limits.In(request.Namespace));
    }
}
