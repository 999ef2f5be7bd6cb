using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Removes an activity; one that runs is terminated first.</summary>
internal sealed class DeleteActivityExecution(ActivityAccess access)
    : IRpc<DeleteActivityExecutionRequest, DeleteActivityExecutionResponse>
{
    public async ValueTask<Answer<DeleteActivityExecutionResponse>> AnswerAsync(
        DeleteActivityExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        if (ActivityChecks.Named(request.ActivityId, request.RunId, access.Limits) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var outcome = await access.SubmitAsync(
            new DeleteExecution(
                ActivityAccess.KeyOf(ns, request.ActivityId), ActivityAccess.RunOf(request.RunId)),
            request.ActivityId).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new DeleteActivityExecutionResponse();
    }
}
