using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Lets a paused activity go on. It is one of a workflow, or one without.</summary>
internal sealed class UnpauseActivityExecution(ActivityAccess access)
    : IRpc<UnpauseActivityExecutionRequest, UnpauseActivityExecutionResponse>
{
    public async ValueTask<Answer<UnpauseActivityExecutionResponse>> AnswerAsync(
        UnpauseActivityExecutionRequest request, Call call)
    {
        var problem = ActivityChecks.Change(
            request.ActivityId, request.RunId, request.RequestId, request.Identity, "", access.Limits)
            ?? ActivityChecks.Jitter(request.Jitter);
        if (access.EnterToCommand(request.Namespace, request.WorkflowId, problem, out var ns) is { } refusal)
        {
            return refusal;
        }

        var isOfWorkflow = request.WorkflowId.Length > 0;
        var (run, requestId) = (ActivityAccess.RunOf(request.RunId), access.RequestIdOf(request.RequestId));
        Input command = isOfWorkflow
            ? new UnpauseActivities(
                new WorkflowKey(ns.Id, request.WorkflowId), run, new ActivitySelection(request.ActivityId, null),
                ResetAttempts: false, ResetHeartbeat: false, request.Jitter)
            : new UnpauseStandaloneActivity(
                ActivityAccess.KeyOf(ns, request.ActivityId), run, requestId, request.Identity, request.Jitter);
        var outcome = await access.SubmitAsync(command, request.ActivityId, isOfWorkflow).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new UnpauseActivityExecutionResponse();
    }
}
