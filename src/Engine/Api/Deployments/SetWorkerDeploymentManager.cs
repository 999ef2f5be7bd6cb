using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Says who alone may route a deployment.</summary>
internal sealed class SetWorkerDeploymentManager(DeploymentAccess deployments)
    : IRpc<SetWorkerDeploymentManagerRequest, SetWorkerDeploymentManagerResponse>
{
    public async ValueTask<Answer<SetWorkerDeploymentManagerResponse>> AnswerAsync(
        SetWorkerDeploymentManagerRequest request, Call call)
    {
        NamespaceId ns = default;
        var refusal = (request.Identity.Length == 0 ? Rejection.InvalidArgument("Identity is required") : null)
            ?? Lengths.Identity(request.Identity)
            ?? Lengths.Identity(request.ManagerIdentity)
            ?? deployments.Enter(request.Namespace, out ns)
            ?? NamedVersion.Deployment(request.DeploymentName);
        return refusal is not null
            ? refusal
            : await deployments.SubmitAsync<SetWorkerDeploymentManagerResponse>(new SetManager(
                WorkerDeployment.KeyOf(ns, request.DeploymentName),
                request,
                request.Self ? request.Identity : request.ManagerIdentity)).ConfigureAwait(false);
    }
}
