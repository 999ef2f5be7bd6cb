using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>An activity stopped because it was asked to; named by ids, from outside a worker.</summary>
internal sealed class RespondActivityTaskCanceledById(ActivityAnswers answers)
    : IRpc<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>
{
    public async ValueTask<Answer<RespondActivityTaskCanceledByIdResponse>> AnswerAsync(
        RespondActivityTaskCanceledByIdRequest request, Call call)
    {
        if (answers.ById(
            request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity,
            out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new CancelActivity(
                workflow, run, target, request.Details, request.Identity))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RespondActivityTaskCanceledByIdResponse();
    }
}
