using AugmentedOS.Engine.Api.ActivityTasks;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Starts an activity without a workflow, or finds the run that serves the request.</summary>
internal sealed class StartActivityExecution(ActivityAccess access, ActivityTaskResponses tasks)
    : IRpc<StartActivityExecutionRequest, StartActivityExecutionResponse>
{
    public async ValueTask<Answer<StartActivityExecutionResponse>> AnswerAsync(
        StartActivityExecutionRequest request, Call call)
    {
        var refusal = access.Enter(request.Namespace, out var ns)
            ?? StartActivityChecks.Check(request, ns, access.Limits);
        if (refusal is not null)
        {
            return refusal;
        }

        request.RequestId = access.RequestIdOf(request.RequestId);
        var outcome = await access.SubmitAsync(
            new StartStandaloneActivity(ActivityAccess.KeyOf(ns, request.ActivityId), request, call.Sdk),
            request.ActivityId).ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var started = (StartedStandalone)outcome.Reply;
        return new StartActivityExecutionResponse
        {
            RunId = started.Run.ToString(),
            Started = started.IsNew,
            EagerActivityTask = started.Eager is { } eager ? tasks.Of(eager) : null,
            Link = new Link
            {
                Activity = new Link.Types.Activity
                {
                    Namespace = ns.Name,
                    ActivityId = request.ActivityId,
                    RunId = started.Run.ToString(),
                },
            },
        };
    }
}
