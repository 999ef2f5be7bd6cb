using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>Changes the options of activities of a workflow.</summary>
internal sealed class UpdateActivityOptions(ActivityCommands commands)
    : IRpc<UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>
{
    public async ValueTask<Answer<UpdateActivityOptionsResponse>> AnswerAsync(
        UpdateActivityOptionsRequest request, Call call)
    {
        var selection = request.ActivityCase switch
        {
            UpdateActivityOptionsRequest.ActivityOneofCase.Id => new ActivitySelection(request.Id, null),
            UpdateActivityOptionsRequest.ActivityOneofCase.Type => new ActivitySelection(null, request.Type),
            UpdateActivityOptionsRequest.ActivityOneofCase.MatchAll => ActivitySelection.All,
            _ => null,
        };
        if ((commands.Enter(
                nameof(UpdateActivityOptions), request.Namespace, request.Execution, selection, out var workflow, out var run)
            ?? Check(request)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await commands
            .SubmitAsync(new UpdateActivitiesOptions(
                workflow,
                run,
                selection!,
                request.ActivityOptions ?? new(),
                request.RestoreOriginal ? null : request.UpdateMask))
            .ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new UpdateActivityOptionsResponse { ActivityOptions = (ActivityOptions)outcome.Reply };
    }

    private static Rejection? Check(UpdateActivityOptionsRequest request) =>
        ActivityOptionsCheck.Problem(request.ActivityOptions, request.UpdateMask, request.RestoreOriginal)
            is { } problem
                ? Rejection.InvalidArgument(problem)
                : null;
}
