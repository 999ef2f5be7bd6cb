using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>Keeps activities of a workflow from workers.</summary>
internal sealed class PauseActivity(ActivityCommands commands)
    : IRpc<PauseActivityRequest, PauseActivityResponse>
{
    public async ValueTask<Answer<PauseActivityResponse>> AnswerAsync(PauseActivityRequest request, Call call)
    {
        var selection = request.ActivityCase switch
        {
            PauseActivityRequest.ActivityOneofCase.Id => new ActivitySelection(request.Id, null),
            PauseActivityRequest.ActivityOneofCase.Type => new ActivitySelection(null, request.Type),
            _ => null,
        };
        if (commands.Enter(
                nameof(PauseActivity), request.Namespace, request.Execution, selection, out var workflow, out var run)
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await commands
            .SubmitAsync(new PauseActivities(
                workflow, run, selection!, request.Identity, request.Reason, request.RequestId))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new PauseActivityResponse();
    }
}
