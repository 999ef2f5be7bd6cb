using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Signals the running workflow, or starts one with the signal already in its history.</summary>
internal sealed class SignalWithStartWorkflowExecution(
    NamespaceGate gate, StartLimits limits, IExecutions executions)
    : IRpc<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>
{
    public async ValueTask<Answer<SignalWithStartWorkflowExecutionResponse>> AnswerAsync(
        SignalWithStartWorkflowExecutionRequest request, Call call)
    {
        if ((gate.EnterToStart(request.Namespace, out var ns) ?? limits.Check(request, ns)) is { } refusal)
        {
            return refusal;
        }

        var outcome = await executions
            .SubmitAsync(new SignalWithStartExecution(new WorkflowKey(ns.Id, request.WorkflowId), request))
            .ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var signaled = (SignalWithStartedExecution)outcome.Reply;
        return new SignalWithStartWorkflowExecutionResponse
        {
            RunId = signaled.RunId.ToString(),
            FirstExecutionRunId = signaled.FirstRunId,
            Started = signaled.Started,
            SignalLink = signaled.SignalLink,
        };
    }
}
