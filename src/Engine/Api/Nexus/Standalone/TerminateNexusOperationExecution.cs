using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Ends an operation, whatever its handler does.</summary>
internal sealed class TerminateNexusOperationExecution(OperationAccess access, IIdSource ids)
    : IRpc<TerminateNexusOperationExecutionRequest, TerminateNexusOperationExecutionResponse>
{
    public async ValueTask<Answer<TerminateNexusOperationExecutionResponse>> AnswerAsync(
        TerminateNexusOperationExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var problem = OperationChecks.Ending(
            request.OperationId, request.RunId, request.RequestId, request.Identity, request.Reason, access.Limits.In(request.Namespace));
        if (problem is not null)
        {
            return Rejection.InvalidArgument(problem);
        }

        var requestId = request.RequestId.Length > 0 ? request.RequestId : ids.Next().ToString("D");
        var outcome = await access.SubmitAsync(
            new TerminateOperationExecution(
                OperationAccess.KeyOf(ns, request.OperationId),
                OperationAccess.RunOf(request.RunId),
                requestId,
                request.Identity,
                request.Reason),
            request.OperationId).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new TerminateNexusOperationExecutionResponse();
    }
}
