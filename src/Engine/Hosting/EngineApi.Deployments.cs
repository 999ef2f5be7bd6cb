using AugmentedOS.Engine.Api.Deployments;

namespace AugmentedOS.Engine.Hosting;

/// <content>Worker deployments.</content>
internal sealed partial class EngineApi
{
    private void AddDeployments()
    {
        var deployments = new DeploymentAccess(
            _gate, _core.Limits, _core.Deployments.Host, _core.Deployments.Directory, _core.Deployments.Polls);
        Workflows
            .Add(new DescribeWorkerDeployment(deployments))
            .Add(new DescribeWorkerDeploymentVersion(deployments, _core.Matcher))
            .Add(new ListWorkerDeployments(deployments, _core.Limits))
            .Add(new SetWorkerDeploymentCurrentVersion(deployments))
            .Add(new SetWorkerDeploymentRampingVersion(deployments))
            .Add(new SetWorkerDeploymentManager(deployments))
            .Add(new UpdateWorkerDeploymentVersionMetadata(deployments))
            .Add(new DeleteWorkerDeployment(deployments))
            .Add(new DeleteWorkerDeploymentVersion(deployments))
            .Add(new CreateWorkerDeployment(deployments, _core.Ids))
            .Add(new CreateWorkerDeploymentVersion(deployments, _core.Ids))
            .Add(new UpdateWorkerDeploymentVersionComputeConfig(deployments))
            .Add(new ValidateWorkerDeploymentVersionComputeConfig(deployments));
    }
}
