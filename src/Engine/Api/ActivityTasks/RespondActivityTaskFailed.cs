using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An attempt of an activity failed.</summary>
internal sealed class RespondActivityTaskFailed(ActivityAnswers answers)
    : IRpc<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>
{
    public async ValueTask<Answer<RespondActivityTaskFailedResponse>> AnswerAsync(
        RespondActivityTaskFailedRequest request, Call call)
    {
        if (answers.ByToken(
            request.Namespace, request.TaskToken, request.Identity, out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new FailActivity(
                workflow, run, target, request.Failure, request.LastHeartbeatDetails, request.Identity))
            .ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var response = new RespondActivityTaskFailedResponse();
        response.Failures.AddRange(((FailedActivity)outcome.Reply).Dropped);
        return response;
    }
}
