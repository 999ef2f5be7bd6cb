using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Removes a run with its history.</summary>
internal sealed class DeleteWorkflowExecution(NamespaceGate gate, IExecutions executions)
    : IRpc<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>
{
    public async ValueTask<Answer<DeleteWorkflowExecutionResponse>> AnswerAsync(
        DeleteWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        if ((gate.Enter(request.Namespace, out var ns) ?? ExecutionCheck.Check(request.WorkflowExecution, out run))
            is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new DeleteExecution(new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId), run))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new DeleteWorkflowExecutionResponse();
    }
}
