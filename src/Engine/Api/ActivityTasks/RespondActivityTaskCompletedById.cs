using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An activity succeeded; named by ids, from outside a worker.</summary>
internal sealed class RespondActivityTaskCompletedById(ActivityAnswers answers)
    : IRpc<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>
{
    public async ValueTask<Answer<RespondActivityTaskCompletedByIdResponse>> AnswerAsync(
        RespondActivityTaskCompletedByIdRequest request, Call call)
    {
        if (answers.ById(
            request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity,
            out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new CompleteActivity(
                workflow, run, target, request.Result, request.Identity))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RespondActivityTaskCompletedByIdResponse();
    }
}
