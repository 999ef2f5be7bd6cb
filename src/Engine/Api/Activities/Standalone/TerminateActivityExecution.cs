using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Ends an activity, whatever its worker does.</summary>
internal sealed class TerminateActivityExecution(ActivityAccess access)
    : IRpc<TerminateActivityExecutionRequest, TerminateActivityExecutionResponse>
{
    public async ValueTask<Answer<TerminateActivityExecutionResponse>> AnswerAsync(
        TerminateActivityExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var problem = ActivityChecks.Change(
            request.ActivityId, request.RunId, request.RequestId, request.Identity, request.Reason, access.Limits);
        if (problem is not null)
        {
            return Rejection.InvalidArgument(problem);
        }

        var outcome = await access.SubmitAsync(
            new TerminateStandaloneActivity(
                ActivityAccess.KeyOf(ns, request.ActivityId),
                ActivityAccess.RunOf(request.RunId),
                access.RequestIdOf(request.RequestId),
                request.Identity,
                request.Reason),
            request.ActivityId).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new TerminateActivityExecutionResponse();
    }
}
