using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>Updates a workflow, and waits for it to accept the update or to be done with it.</summary>
internal sealed class UpdateWorkflowExecution(NamespaceGate gate, UpdateChecks checks, UpdateDispatcher updates)
    : IRpc<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>
{
    public async ValueTask<Answer<UpdateWorkflowExecutionResponse>> AnswerAsync(
        UpdateWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        if ((gate.Enter(request.Namespace, out var ns) ?? checks.Prepare(request, request.Namespace, out run)) is { } refusal)
        {
            return refusal;
        }

        var workflow = new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId);
        var answer = await updates
            .RunAsync<UpdateStanding>(
                request.Request.Meta.UpdateId,
                request.WaitPolicy.LifecycleStage,
                waiter => new UpdateExecution(workflow, run, request, waiter),
                call.Cancelled)
            .ConfigureAwait(false);
        return answer.IsRejected
            ? answer.Rejection
            : UpdateResponses.Of(answer, answer.Reply.Run, request.Request, ns);
    }
}
