using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An activity succeeded.</summary>
internal sealed class RespondActivityTaskCompleted(ActivityAnswers answers)
    : IRpc<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>
{
    public async ValueTask<Answer<RespondActivityTaskCompletedResponse>> AnswerAsync(
        RespondActivityTaskCompletedRequest request, Call call)
    {
        if (answers.ByToken(
            request.Namespace, request.TaskToken, request.Identity, out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new CompleteActivity(
                workflow, run, target, request.Result, request.Identity))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RespondActivityTaskCompletedResponse();
    }
}
