using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Deployments;

/// <summary>One version of a worker deployment.</summary>
/// <param name="Info">All that is told of it; never changed.</param>
/// <param name="CreateRequestId">The request that made it; empty when a worker's poll did.</param>
/// <param name="IsBeingCounted">Whether somebody is counting its open pinned runs right now.</param>
internal sealed record DeployedVersion(
    WorkerDeploymentVersionInfo Info, string CreateRequestId = "", bool IsBeingCounted = false)
{
    public string BuildId => Info.DeploymentVersion.BuildId;

    public Instant CreatedAt => Instant.From(Info.CreateTime);

    public bool IsActive => Info.CurrentSinceTime is not null || Info.RampingSinceTime is not null;

    public bool IsDraining => Info.DrainageInfo?.Status == VersionDrainageStatus.Draining;

    public static DeployedVersion New(
        DeploymentVersion version, WorkerDeploymentVersionStatus status, string requestId, string identity, Instant now) =>
        new(
            new WorkerDeploymentVersionInfo
            {
                Version = version.ToLegacyText(),
                DeploymentVersion = version.ToProto(),
                DeploymentName = version.Deployment,
                Status = status,
                CreateTime = now.ToTimestamp(),
                LastModifierIdentity = identity,
            },
            requestId);

    /// <summary>Whether its workers poll that queue.</summary>
    public bool Serves(string queue, TaskQueueType type) =>
        Info.TaskQueueInfos.Any(known => known.Name == queue && known.Type == type);

    /// <summary>The same version with its information changed.</summary>
    public DeployedVersion With(Action<WorkerDeploymentVersionInfo> change)
    {
        var info = Info.Clone();
        change(info);
        return this with { Info = info };
    }
}
