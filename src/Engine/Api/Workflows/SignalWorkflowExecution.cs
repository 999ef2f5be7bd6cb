using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Signals a run.</summary>
internal sealed class SignalWorkflowExecution(NamespaceGate gate, EngineLimits limits, IExecutions executions)
    : IRpc<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>
{
    public async ValueTask<Answer<SignalWorkflowExecutionResponse>> AnswerAsync(
        SignalWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? ExecutionCheck.Check(request.WorkflowExecution, out run)
            ?? SignalValidation.Check(request, limits.In(request.Namespace))
            ?? Lengths.Identity(request.Identity);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new SignalExecution(
                new WorkflowKey(ns.Id, request.WorkflowExecution.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new SignalWorkflowExecutionResponse { Link = ((SignaledExecution)outcome.Reply).Link };
    }
}
