using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An activity stopped because it was asked to.</summary>
internal sealed class RespondActivityTaskCanceled(ActivityAnswers answers)
    : IRpc<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>
{
    public async ValueTask<Answer<RespondActivityTaskCanceledResponse>> AnswerAsync(
        RespondActivityTaskCanceledRequest request, Call call)
    {
        if (answers.ByToken(
            request.Namespace, request.TaskToken, request.Identity, out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new CancelActivity(
                workflow, run, target, request.Details, request.Identity))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RespondActivityTaskCanceledResponse();
    }
}
