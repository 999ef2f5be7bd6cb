using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>A deployment with its versions and its routing.</summary>
internal sealed class DescribeWorkerDeployment(DeploymentAccess deployments)
    : IRpc<DescribeWorkerDeploymentRequest, DescribeWorkerDeploymentResponse>
{
    public async ValueTask<Answer<DescribeWorkerDeploymentResponse>> AnswerAsync(
        DescribeWorkerDeploymentRequest request, Call call)
    {
        if ((deployments.Enter(request.Namespace, out var ns) ?? NamedVersion.Deployment(request.DeploymentName))
            is { } refusal)
        {
            return refusal;
        }

        return await deployments.SubmitAsync<DescribeWorkerDeploymentResponse>(new ReadEntity<WorkerDeployment>(
            WorkerDeployment.KeyOf(ns, request.DeploymentName),
            static (deployment, _) => DeploymentDescriptions.Describe(deployment),
            () => DeploymentRefusals.NotFound(request.DeploymentName))).ConfigureAwait(false);
    }
}
