using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Asks a run to cancel itself.</summary>
internal sealed class RequestCancelWorkflowExecution(NamespaceGate gate, IExecutions executions)
    : IRpc<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>
{
    public async ValueTask<Answer<RequestCancelWorkflowExecutionResponse>> AnswerAsync(
        RequestCancelWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? ExecutionCheck.Check(request.WorkflowExecution, out run)
            ?? ExecutionCheck.CheckRun(request.FirstExecutionRunId, out _)
            ?? Lengths.Identity(request.Identity)
            ?? Lengths.RequestId(request.RequestId)
            ?? LinkCheck.Check(request.Links);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new RequestCancelExecution(
                new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new RequestCancelWorkflowExecutionResponse();
    }
}
