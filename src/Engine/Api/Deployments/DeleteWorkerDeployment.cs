using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Deletes a deployment without versions.</summary>
internal sealed class DeleteWorkerDeployment(DeploymentAccess deployments)
    : IRpc<DeleteWorkerDeploymentRequest, DeleteWorkerDeploymentResponse>
{
    public async ValueTask<Answer<DeleteWorkerDeploymentResponse>> AnswerAsync(
        DeleteWorkerDeploymentRequest request, Call call) =>
        (deployments.Enter(request.Namespace, out var ns) ?? NamedVersion.Deployment(request.DeploymentName))
            is { } refusal
            ? refusal
            : await deployments.SubmitAsync<DeleteWorkerDeploymentResponse>(
                new DeleteDeployment(WorkerDeployment.KeyOf(ns, request.DeploymentName))).ConfigureAwait(false);
}
