using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Changes the options of an activity. It is one of a workflow, or one without.</summary>
internal sealed class UpdateActivityExecutionOptions(ActivityAccess access)
    : IRpc<UpdateActivityExecutionOptionsRequest, UpdateActivityExecutionOptionsResponse>
{
    public async ValueTask<Answer<UpdateActivityExecutionOptionsResponse>> AnswerAsync(
        UpdateActivityExecutionOptionsRequest request, Call call)
    {
        var problem = ActivityChecks.Change(
            request.ActivityId, request.RunId, request.RequestId, request.Identity, "", access.Limits)
            ?? ActivityChecks.Update(request)
            ?? DelayProblem(request);
        if (access.EnterToCommand(request.Namespace, request.WorkflowId, problem, out var ns) is { } refusal)
        {
            return refusal;
        }

        var isOfWorkflow = request.WorkflowId.Length > 0;
        var (run, requestId) = (ActivityAccess.RunOf(request.RunId), access.RequestIdOf(request.RequestId));
        var (options, mask) = (request.ActivityOptions ?? new(), request.RestoreOriginal ? null : request.UpdateMask);
        Input command = isOfWorkflow
            ? new UpdateActivitiesOptions(
                new WorkflowKey(ns.Id, request.WorkflowId), run, new ActivitySelection(request.ActivityId, null), options, mask)
            : new UpdateStandaloneActivity(
                ActivityAccess.KeyOf(ns, request.ActivityId), run, requestId, request.Identity, options, mask);
        var outcome = await access.SubmitAsync(command, request.ActivityId, isOfWorkflow).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new UpdateActivityExecutionOptionsResponse
        {
            ActivityOptions = (ActivityOptions)outcome.Reply,
        };
    }

    private string? DelayProblem(UpdateActivityExecutionOptionsRequest request) =>
        !request.RestoreOriginal
        && request.ActivityOptions.StartDelay.OrZero() > TimeSpan.Zero
        && !access.Limits.Features.StandaloneActivityStartDelay
        && request.UpdateMask.Paths.Any(path => ActivityOptionsMerge.Snake(path) == "start_delay")
            ? "start_delay is not enabled for this namespace"
            : null;
}
