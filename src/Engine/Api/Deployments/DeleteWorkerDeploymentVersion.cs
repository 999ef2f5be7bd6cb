using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Deletes a version that neither routing, open runs nor workers need.</summary>
internal sealed class DeleteWorkerDeploymentVersion(DeploymentAccess deployments)
    : IRpc<DeleteWorkerDeploymentVersionRequest, DeleteWorkerDeploymentVersionResponse>
{
    public async ValueTask<Answer<DeleteWorkerDeploymentVersionResponse>> AnswerAsync(
        DeleteWorkerDeploymentVersionRequest request, Call call)
    {
        DeploymentVersion version = default;
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? Lengths.Identity(request.Identity)
            ?? NamedVersion.Required(request.DeploymentVersion, request.Version, out version);
        if (refusal is not null)
        {
            return refusal;
        }

        var key = WorkerDeployment.KeyOf(ns, version.Deployment);
        var isPolled = deployments.Polls.PolledBuilds(key).Contains(version.BuildId);
        return await deployments.SubmitAsync<DeleteWorkerDeploymentVersionResponse>(
            new DeleteVersion(key, version, request.SkipDrainage, request.Identity, isPolled)).ConfigureAwait(false);
    }
}
