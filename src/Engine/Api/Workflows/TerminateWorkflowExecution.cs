using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Ends a run at once.</summary>
internal sealed class TerminateWorkflowExecution(NamespaceGate gate, EngineLimits limits, IExecutions executions)
    : IRpc<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>
{
    public async ValueTask<Answer<TerminateWorkflowExecutionResponse>> AnswerAsync(
        TerminateWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? ExecutionCheck.Check(request.WorkflowExecution, out run)
            ?? ExecutionCheck.CheckRun(request.FirstExecutionRunId, out _)
            ?? Lengths.Identity(request.Identity)
            ?? LinkCheck.Check(request.Links)
            ?? BlobCheck.Check(request.Details, limits.In(request.Namespace));
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new TerminateExecution(
                new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new TerminateWorkflowExecutionResponse();
    }
}
