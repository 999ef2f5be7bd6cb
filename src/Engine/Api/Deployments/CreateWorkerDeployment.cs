using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Makes a deployment before any of its workers comes.</summary>
internal sealed class CreateWorkerDeployment(DeploymentAccess deployments, IIdSource ids)
    : IRpc<CreateWorkerDeploymentRequest, CreateWorkerDeploymentResponse>
{
    public async ValueTask<Answer<CreateWorkerDeploymentResponse>> AnswerAsync(
        CreateWorkerDeploymentRequest request, Call call)
    {
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? (request.DeploymentName.Length == 0
                ? Rejection.InvalidArgument("deployment name cannot be empty")
                : null)
            ?? Lengths.Identity(request.Identity)
            ?? Lengths.RequestId(request.RequestId)
            ?? NamedVersion.Deployment(request.DeploymentName);
        return refusal is not null
            ? refusal
            : await deployments.SubmitAsync<CreateWorkerDeploymentResponse>(new CreateDeployment(
                WorkerDeployment.KeyOf(ns, request.DeploymentName),
                request.RequestId.Length > 0 ? request.RequestId : ids.Next().ToString("D"),
                request.Identity)).ConfigureAwait(false);
    }
}
