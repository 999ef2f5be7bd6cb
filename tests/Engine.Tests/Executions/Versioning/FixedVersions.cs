using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Executions.Versioning;

/// <summary>Versions as a test says they are: all of them serve the queues that are named.</summary>
internal sealed class FixedVersions : IVersionDirectory
{
    public DeploymentVersion? Target { get; set; }

    public DeploymentVersion? Ramping { get; set; }

    public long Revision { get; set; } = 1;

    public HashSet<string> Queues { get; } = ["queue"];

    public bool Serves(DeploymentVersion version, NamespaceId ns, string queue, TaskQueueType type) =>
        Queues.Contains(queue);

    public VersionTarget TargetOf(NamespaceId ns, string workflowQueue, string workflowId, bool usesRamping) =>
        new(usesRamping ? Ramping : Target, Revision);
}
