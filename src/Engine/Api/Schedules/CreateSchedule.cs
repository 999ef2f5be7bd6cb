using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Spec;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Schedules.Inputs.CreateSchedule;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Makes a schedule.</summary>
internal sealed class CreateSchedule(ScheduleAccess schedules) : IRpc<CreateScheduleRequest, CreateScheduleResponse>
{
    public async ValueTask<Answer<CreateScheduleResponse>> AnswerAsync(CreateScheduleRequest request, Call call)
    {
        request.Schedule ??= new Schedule();
        CompiledSpec spec = null!;
        if ((schedules.Enter(request.Namespace, out var ns) ?? Check(request, ns, out spec)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await schedules.ChangeAsync(new Input(
                ScheduleAccess.KeyOf(ns, request.ScheduleId),
                request,
                spec,
                ScheduleChecks.Normalized(request.SearchAttributes, ns)))
            .ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new CreateScheduleResponse
            {
                ConflictToken = ConflictTokens.ToToken(
                    ((ScheduleState)outcome.Reply).ConflictToken),
            };
    }

    private Rejection? Check(CreateScheduleRequest request, NamespaceInfo ns, out CompiledSpec spec)
    {
        spec = null!;
        return ScheduleChecks.Id(request.ScheduleId, schedules.Limits.In(request.Namespace))
            ?? ScheduleChecks.RequestId(request.RequestId)
            ?? ScheduleChecks.Spec(request.Schedule, out spec)
            ?? ScheduleChecks.Action(request.Schedule.Action?.StartWorkflow, ns, schedules.Limits.In(request.Namespace))
            ?? RunSearchAttributes.Check(request.SearchAttributes, ns, schedules.Limits.In(request.Namespace))
            ?? ScheduleChecks.Sizes(request.Schedule, request.Memo, schedules.Limits.In(request.Namespace))
            ?? ScheduleChecks.Notes(request.InitialPatch);
    }
}
