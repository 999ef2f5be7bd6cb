using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Keeps a run's tasks from workers until it is unpaused.</summary>
internal sealed class PauseWorkflowExecution(NamespaceGate gate, EngineLimits limits, IExecutions executions)
    : IRpc<PauseWorkflowExecutionRequest, PauseWorkflowExecutionResponse>
{
    public async ValueTask<Answer<PauseWorkflowExecutionResponse>> AnswerAsync(
        PauseWorkflowExecutionRequest request, Call call)
    {
        if (!limits.In(request.Namespace).Features.WorkflowPause)
        {
            return Rejection.Unimplemented($"workflow pause is not enabled for namespace: {request.Namespace}");
        }

        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? PauseCheck.Check(request.WorkflowId, request.RunId, out run)
            ?? PauseCheck.Lengths(request.Reason, request.RequestId, request.Identity);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new PauseExecution(new WorkflowKey(ns.Id, request.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new PauseWorkflowExecutionResponse();
    }
}
