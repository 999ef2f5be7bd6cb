using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Sends a share of the workflows to a version, or ends that.</summary>
internal sealed class SetWorkerDeploymentRampingVersion(DeploymentAccess deployments)
    : IRpc<SetWorkerDeploymentRampingVersionRequest, SetWorkerDeploymentRampingVersionResponse>
{
    public async ValueTask<Answer<SetWorkerDeploymentRampingVersionResponse>> AnswerAsync(
        SetWorkerDeploymentRampingVersionRequest request, Call call)
    {
        DeploymentVersion? version = null;
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? (request.Percentage is >= 0 and <= 100
                ? null
                : Rejection.InvalidArgument("Percentage must be between 0 and 100 (inclusive)"))
            ?? Lengths.Identity(request.Identity)
            ?? NamedVersion.Routed(request.Version, request.BuildId, request.DeploymentName, out version);
        if (refusal is not null)
        {
            return refusal;
        }

        // Nothing named: no ramp at zero percent, a ramp to workers without a version at more.
        var text = version?.ToLegacyText() ?? (request.Percentage > 0 ? DeploymentVersion.Unversioned : "");
        var key = WorkerDeployment.KeyOf(ns, request.DeploymentName);
        return await deployments.SubmitAsync<SetWorkerDeploymentRampingVersionResponse>(new SetRampingVersion(
            key, request, text, version, deployments.Polls.QueuesInUse(key), deployments.Polls.PolledBuilds(key)))
            .ConfigureAwait(false);
    }
}
