using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>Changes what users note on a version.</summary>
internal sealed class UpdateWorkerDeploymentVersionMetadata(DeploymentAccess deployments)
    : IRpc<UpdateWorkerDeploymentVersionMetadataRequest, UpdateWorkerDeploymentVersionMetadataResponse>
{
    public async ValueTask<Answer<UpdateWorkerDeploymentVersionMetadataResponse>> AnswerAsync(
        UpdateWorkerDeploymentVersionMetadataRequest request, Call call)
    {
        DeploymentVersion version = default;
        NamespaceId ns = default;
        var refusal = (request is { RemoveEntries.Count: 0, UpsertEntries.Count: 0 }
                ? Rejection.InvalidArgument("At least one of remove_entries or upsert_entries must be provided")
                : null)
            ?? deployments.Enter(request.Namespace, out ns)
            ?? Lengths.Identity(request.Identity)
            ?? NamedVersion.Required(request.DeploymentVersion, request.Version, out version);
        if (refusal is not null)
        {
            return refusal;
        }

        return await deployments.SubmitAsync<UpdateWorkerDeploymentVersionMetadataResponse>(new UpdateMetadata(
            WorkerDeployment.KeyOf(ns, version.Deployment), version.BuildId, request)).ConfigureAwait(false);
    }
}
