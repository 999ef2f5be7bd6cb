using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Makes a version before its first worker comes.</summary>
internal sealed class CreateWorkerDeploymentVersion(DeploymentAccess deployments, IIdSource ids)
    : IRpc<CreateWorkerDeploymentVersionRequest, CreateWorkerDeploymentVersionResponse>
{
    public async ValueTask<Answer<CreateWorkerDeploymentVersionResponse>> AnswerAsync(
        CreateWorkerDeploymentVersionRequest request, Call call)
    {
        DeploymentVersion version = default;
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? ComputeConfigs.Named(request.DeploymentVersion)
            ?? Lengths.Identity(request.Identity)
            ?? Lengths.RequestId(request.RequestId)
            ?? NamedVersion.Required(request.DeploymentVersion, "", out version)
            ?? (request.ComputeConfig is null ? null : ComputeConfigs.NotOffered);
        if (refusal is not null)
        {
            return refusal;
        }

        var key = WorkerDeployment.KeyOf(ns, version.Deployment);
        var requestId = request.RequestId.Length > 0 ? request.RequestId : ids.Next().ToString("D");
        return await deployments.SubmitAsync<CreateWorkerDeploymentVersionResponse>(
            new CreateVersion(key, version, requestId, request.Identity, deployments.Polls.PolledBuilds(key)))
            .ConfigureAwait(false);
    }
}
