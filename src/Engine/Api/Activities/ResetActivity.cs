using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>Lets activities of a workflow begin again.</summary>
internal sealed class ResetActivity(ActivityCommands commands)
    : IRpc<ResetActivityRequest, ResetActivityResponse>
{
    public async ValueTask<Answer<ResetActivityResponse>> AnswerAsync(ResetActivityRequest request, Call call)
    {
        var selection = request.ActivityCase switch
        {
            ResetActivityRequest.ActivityOneofCase.Id => new ActivitySelection(request.Id, null),
            ResetActivityRequest.ActivityOneofCase.Type => new ActivitySelection(null, request.Type),
            ResetActivityRequest.ActivityOneofCase.MatchAll => ActivitySelection.All,
            _ => null,
        };
        if (commands.Enter(
                nameof(ResetActivity), request.Namespace, request.Execution, selection, out var workflow, out var run)
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await commands
            .SubmitAsync(new ResetActivities(
                workflow,
                run,
                selection!,
                request.ResetHeartbeat,
                request.KeepPaused,
                request.RestoreOriginalOptions,
                request.Jitter))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new ResetActivityResponse();
    }
}
