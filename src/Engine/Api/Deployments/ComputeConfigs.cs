using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Workers that a server starts by itself: there is no cloud behind this engine to start them in.</summary>
internal static class ComputeConfigs
{
    public static Rejection NotOffered { get; } =
        Rejection.Unimplemented("This engine starts no workers: compute configurations are not offered.");

    /// <summary>Whether a request names a version.</summary>
    public static Rejection? Named(WorkerDeploymentVersion? version) => version switch
    {
        null or { DeploymentName.Length: 0 } => Rejection.InvalidArgument("deployment name cannot be empty"),
        { BuildId.Length: 0 } => Rejection.InvalidArgument("build ID cannot be empty"),
        _ => null,
    };
}

/// <summary>Refused once the request is seen to be sound.</summary>
internal sealed class UpdateWorkerDeploymentVersionComputeConfig(DeploymentAccess deployments)
    : IRpc<UpdateWorkerDeploymentVersionComputeConfigRequest, UpdateWorkerDeploymentVersionComputeConfigResponse>
{
    public ValueTask<Answer<UpdateWorkerDeploymentVersionComputeConfigResponse>> AnswerAsync(
        UpdateWorkerDeploymentVersionComputeConfigRequest request, Call call) =>
        (Answer<UpdateWorkerDeploymentVersionComputeConfigResponse>)(
            deployments.Enter(request.Namespace, out _)
            ?? ComputeConfigs.Named(request.DeploymentVersion)
            ?? ComputeConfigs.NotOffered);
}

/// <inheritdoc cref="UpdateWorkerDeploymentVersionComputeConfig"/>
internal sealed class ValidateWorkerDeploymentVersionComputeConfig(DeploymentAccess deployments)
    : IRpc<ValidateWorkerDeploymentVersionComputeConfigRequest, ValidateWorkerDeploymentVersionComputeConfigResponse>
{
    public ValueTask<Answer<ValidateWorkerDeploymentVersionComputeConfigResponse>> AnswerAsync(
        ValidateWorkerDeploymentVersionComputeConfigRequest request, Call call) =>
        (Answer<ValidateWorkerDeploymentVersionComputeConfigResponse>)(
            deployments.Enter(request.Namespace, out _) ?? ComputeConfigs.NotOffered);
}
