using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Removes an operation; one that runs is terminated first.</summary>
internal sealed class DeleteNexusOperationExecution(OperationAccess access)
    : IRpc<DeleteNexusOperationExecutionRequest, DeleteNexusOperationExecutionResponse>
{
    public async ValueTask<Answer<DeleteNexusOperationExecutionResponse>> AnswerAsync(
        DeleteNexusOperationExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        if ((OperationChecks.Id(request.OperationId, access.Limits.In(request.Namespace)) ?? OperationChecks.Run(request.RunId)) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var outcome = await access.SubmitAsync(
            new DeleteExecution(
                OperationAccess.KeyOf(ns, request.OperationId), OperationAccess.RunOf(request.RunId)),
            request.OperationId).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : new DeleteNexusOperationExecutionResponse();
    }
}
