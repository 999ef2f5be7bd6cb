using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Says which version workflows go to from now on.</summary>
internal sealed class SetWorkerDeploymentCurrentVersion(DeploymentAccess deployments)
    : IRpc<SetWorkerDeploymentCurrentVersionRequest, SetWorkerDeploymentCurrentVersionResponse>
{
    public async ValueTask<Answer<SetWorkerDeploymentCurrentVersionResponse>> AnswerAsync(
        SetWorkerDeploymentCurrentVersionRequest request, Call call)
    {
        DeploymentVersion? version = null;
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? (request.DeploymentName.Length == 0
                ? Rejection.InvalidArgument("deployment name cannot be empty")
                : null)
            ?? Lengths.Identity(request.Identity)
            ?? NamedVersion.Routed(request.Version, request.BuildId, request.DeploymentName, out version);
        if (refusal is not null)
        {
            return refusal;
        }

        var key = WorkerDeployment.KeyOf(ns, request.DeploymentName);
        return await deployments.SubmitAsync<SetWorkerDeploymentCurrentVersionResponse>(new SetCurrentVersion(
            key, request, version, deployments.Polls.QueuesInUse(key), deployments.Polls.PolledBuilds(key)))
            .ConfigureAwait(false);
    }
}
