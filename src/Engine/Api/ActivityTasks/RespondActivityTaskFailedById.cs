using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An attempt of an activity failed; named by ids, from outside a worker.</summary>
internal sealed class RespondActivityTaskFailedById(ActivityAnswers answers)
    : IRpc<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>
{
    public async ValueTask<Answer<RespondActivityTaskFailedByIdResponse>> AnswerAsync(
        RespondActivityTaskFailedByIdRequest request, Call call)
    {
        if (answers.ById(
            request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity,
            out var workflow, out var run, out var target) is { } refusal)
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

        var response = new RespondActivityTaskFailedByIdResponse();
        response.Failures.AddRange(((FailedActivity)outcome.Reply).Dropped);
        return response;
    }
}
