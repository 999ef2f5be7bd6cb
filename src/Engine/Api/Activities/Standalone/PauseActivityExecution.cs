using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Keeps an activity from workers. It is one of a workflow, or one without.</summary>
internal sealed class PauseActivityExecution(ActivityAccess access)
    : IRpc<PauseActivityExecutionRequest, PauseActivityExecutionResponse>
{
    public async ValueTask<Answer<PauseActivityExecutionResponse>> AnswerAsync(
        PauseActivityExecutionRequest request, Call call)
    {
        var problem = ActivityChecks.Change(
            request.ActivityId, request.RunId, request.RequestId, request.Identity, request.Reason, access.Limits);
        if (access.EnterToCommand(request.Namespace, request.WorkflowId, problem, out var ns) is { } refusal)
        {
            return refusal;
        }

        var isOfWorkflow = request.WorkflowId.Length > 0;
        var (run, requestId) = (ActivityAccess.RunOf(request.RunId), access.RequestIdOf(request.RequestId));
        Input command = isOfWorkflow
            ? new PauseActivities(
                new WorkflowKey(ns.Id, request.WorkflowId), run, new ActivitySelection(request.ActivityId, null),
                request.Identity, request.Reason, requestId)
            : new PauseStandaloneActivity(
                ActivityAccess.KeyOf(ns, request.ActivityId), run, requestId, request.Identity, request.Reason);
        var outcome = await access.SubmitAsync(command, request.ActivityId, isOfWorkflow).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new PauseActivityExecutionResponse();
    }
}
