using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>Lets paused activities of a workflow go on.</summary>
internal sealed class UnpauseActivity(ActivityCommands commands)
    : IRpc<UnpauseActivityRequest, UnpauseActivityResponse>
{
    public async ValueTask<Answer<UnpauseActivityResponse>> AnswerAsync(UnpauseActivityRequest request, Call call)
    {
        var selection = request.ActivityCase switch
        {
            UnpauseActivityRequest.ActivityOneofCase.Id => new ActivitySelection(request.Id, null),
            UnpauseActivityRequest.ActivityOneofCase.Type => new ActivitySelection(null, request.Type),
            UnpauseActivityRequest.ActivityOneofCase.UnpauseAll => ActivitySelection.All,
            _ => null,
        };
        if (commands.Enter(
                nameof(UnpauseActivity), request.Namespace, request.Execution, selection, out var workflow, out var run)
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await commands
            .SubmitAsync(new UnpauseActivities(
                workflow, run, selection!, request.ResetAttempts, request.ResetHeartbeat, request.Jitter))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new UnpauseActivityResponse();
    }
}
