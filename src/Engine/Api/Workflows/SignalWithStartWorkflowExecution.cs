using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Signals the running workflow, or starts one with the signal already in its history.</summary>
internal sealed class SignalWithStartWorkflowExecution(
    NamespaceGate gate, StartChecks checks, EngineLimits limits, IExecutions executions)
    : IRpc<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>
{
    public async ValueTask<Answer<SignalWithStartWorkflowExecutionResponse>> AnswerAsync(
        SignalWithStartWorkflowExecutionRequest request, Call call)
    {
        if ((gate.EnterToStart(request.Namespace, out var ns) ?? Check(request, ns)) is { } refusal)
        {
            return refusal;
        }

        request.SearchAttributes = StartChecks.Normalize(request.SearchAttributes, ns);
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

    private Rejection? Check(SignalWithStartWorkflowExecutionRequest request, NamespaceInfo ns)
    {
        if (request.WorkflowId.Length == 0)
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        if (request.SignalName.Length == 0)
        {
            return Rejection.InvalidArgument("SignalName is not set on request.");
        }

        if (Lengths.Exceeds(request.SignalName))
        {
            return Rejection.InvalidArgument(
                "signal name exceeds maximum allowed length "
                + $"({Lengths.Of(request.SignalName)}/{EngineLimits.Default.MaxIdLength})");
        }

        if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail)
        {
            return Rejection.InvalidArgument(
                "Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this"
                + " operation.");
        }

        return checks.Check(SignalWithStart.ToStart(request), ns) ?? BlobCheck.Check(request.SignalInput, limits);
    }
}
