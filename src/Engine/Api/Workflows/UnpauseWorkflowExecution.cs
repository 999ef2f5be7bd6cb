using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Lets a paused run go on. Works also where pausing is switched off, so that nothing stays paused.</summary>
internal sealed class UnpauseWorkflowExecution(NamespaceGate gate, IExecutions executions)
    : IRpc<UnpauseWorkflowExecutionRequest, UnpauseWorkflowExecutionResponse>
{
    public async ValueTask<Answer<UnpauseWorkflowExecutionResponse>> AnswerAsync(
        UnpauseWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        if (PauseCheck.Lengths(request.Reason, request.RequestId, request.Identity) is { } tooLong)
        {
            return tooLong;
        }

        var refusal = gate.Enter(request.Namespace, out var ns)
            ?? PauseCheck.Check(request.WorkflowId, request.RunId, out run);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new UnpauseExecution(new WorkflowKey(ns.Id, request.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new UnpauseWorkflowExecutionResponse();
    }
}
