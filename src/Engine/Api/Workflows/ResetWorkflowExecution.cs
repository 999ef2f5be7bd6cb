using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime.Resetting;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Goes back to an earlier workflow task of a run.</summary>
internal sealed class ResetWorkflowExecution(NamespaceGate gate, Resets resets)
    : IRpc<ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>
{
    public async ValueTask<Answer<ResetWorkflowExecutionResponse>> AnswerAsync(
        ResetWorkflowExecutionRequest request, Call call)
    {
        RunId? run = null;
        NamespaceInfo? ns = null;
        var refusal = Check(request)
            ?? ExecutionCheck.Check(request.WorkflowExecution, out run)
            ?? CheckType(request)
            ?? gate.Enter(request.Namespace, out ns);
        if (refusal is not null)
        {
            return refusal;
        }

        var outcome = await resets
            .SubmitAsync(new ResetRequest(new WorkflowKey(ns!.Id, request.WorkflowExecution.WorkflowId), run, request))
            .ConfigureAwait(false);
        return outcome.IsRejected
            ? outcome.Rejection
            : new ResetWorkflowExecutionResponse { RunId = ((ResetToRun)outcome.Reply).Run.ToString() };
    }

    private static Rejection? Check(ResetWorkflowExecutionRequest request) => request.RequestId.Length == 0
        ? Rejection.InvalidArgument("RequestId is not set on request.")
        : Lengths.RequestId(request.RequestId);

    /// <summary>A Temporal server calls this an internal error. It is the caller's.</summary>
    private static Rejection? CheckType(ResetWorkflowExecutionRequest request)
    {
#pragma warning disable CS0612 // Older clients still send it.
        var type = request.ResetReapplyType;
#pragma warning restore CS0612
        return Enum.IsDefined(type) ? null : Rejection.InvalidArgument($"unknown reset reapply type: {(int)type}");
    }
}
