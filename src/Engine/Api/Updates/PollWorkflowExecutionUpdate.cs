using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Updates;

/// <summary>Asks after an update: how far it is, or, after a wait, that it has come so far.</summary>
internal sealed class PollWorkflowExecutionUpdate(NamespaceGate gate, UpdateChecks checks, UpdateDispatcher updates)
    : IRpc<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>
{
    public async ValueTask<Answer<PollWorkflowExecutionUpdateResponse>> AnswerAsync(
        PollWorkflowExecutionUpdateRequest request, Call call)
    {
        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? (request.UpdateRef is null ? Rejection.InvalidArgument("UpdateRef is not set on request.") : null)
            ?? ExecutionCheck.Check(request.UpdateRef!.WorkflowExecution, out run)
            ?? checks.CheckSwitches(request.Namespace);
        if (refusal is not null)
        {
            return refusal;
        }

        var id = request.UpdateRef!.UpdateId;
        var workflow = new WorkflowKey(ns.Id, request.UpdateRef.WorkflowExecution.WorkflowId);
        var answer = await updates
            .RunAsync<UpdateStanding>(
                id,
                request.WaitPolicy?.LifecycleStage ?? UpdateWorkflowExecutionLifecycleStage.Unspecified,
                waiter => new FindUpdate(workflow, run, id, waiter),
                call.Cancelled)
            .ConfigureAwait(false);
        return answer.IsRejected ? answer.Rejection : UpdateResponses.Of(answer, id);
    }
}
