using AugmentedOS.Engine.Entities;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Changes what users note on a version. Answers an
/// <see cref="UpdateWorkerDeploymentVersionMetadataResponse"/>.</summary>
internal sealed record UpdateMetadata(
    EntityKey Key, string BuildId, UpdateWorkerDeploymentVersionMetadataRequest Request) : DeploymentInput(Key)
{
    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (!state.Versions.TryGetValue(BuildId, out var version))
        {
            return Missing();
        }

        var metadata = version.Info.Metadata?.Clone() ?? new VersionMetadata();
        foreach (var (key, value) in Request.UpsertEntries)
        {
            metadata.Entries[key] = value;
        }

        foreach (var key in Request.RemoveEntries)
        {
            metadata.Entries.Remove(key);
        }

        if (metadata.CalculateSize() > context.Limits.BlobSizeError)
        {
            return Reject(Rejection.InvalidArgument("Blob data size exceeds limit."));
        }

        var changed = version.With(info =>
        {
            info.Metadata = metadata;
            info.LastModifierIdentity = Request.Identity;
        });
        return Change(
            state with { Versions = state.Versions.SetItem(BuildId, changed) },
            new UpdateWorkerDeploymentVersionMetadataResponse { Metadata = metadata },
            context);
    }

    protected override EntityDecision<WorkerDeployment> Missing() => Reject(DeploymentRefusals.VersionNotFound());
}
