using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>What decisions may know of worker versions at this moment. What they make of it is in their facts: no fold asks
/// again.</summary>
internal interface IVersionDirectory
{
    /// <summary>Whether workers of the version have polled that queue.</summary>
    bool Serves(DeploymentVersion version, NamespaceId ns, string queue, TaskQueueType type);

    /// <summary>Where the queue sends a workflow that no version holds.</summary>
    VersionTarget TargetOf(NamespaceId ns, string workflowQueue, string workflowId, bool usesRamping);
}

/// <summary>Where a workflow goes, and the revision of the routing that says so.</summary>
/// <param name="Version">Null for workers without a version.</param>
internal readonly record struct VersionTarget(DeploymentVersion? Version, long Revision);

/// <summary>An engine without versioned workers.</summary>
internal sealed class NoVersions : IVersionDirectory
{
    public static NoVersions Instance { get; } = new();

    public bool Serves(DeploymentVersion version, NamespaceId ns, string queue, TaskQueueType type) => false;

    public VersionTarget TargetOf(NamespaceId ns, string workflowQueue, string workflowId, bool usesRamping) => default;
}
