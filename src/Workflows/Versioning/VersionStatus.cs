using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>How a version of a worker deployment stands, as the server says it.</summary>
public enum VersionStatus
{
    /// <summary>The server does not say.</summary>
    Unknown = WorkerDeploymentVersionStatus.Unspecified,

    /// <summary>Its workers poll, and no workflow has been sent to them.</summary>
    Inactive = WorkerDeploymentVersionStatus.Inactive,

    /// <summary>Workflows go to it.</summary>
    Current = WorkerDeploymentVersionStatus.Current,

    /// <summary>A share of workflows goes to it.</summary>
    Ramping = WorkerDeploymentVersionStatus.Ramping,

    /// <summary>No new workflows go to it, and pinned ones go on on it: its workers are needed.</summary>
    Draining = WorkerDeploymentVersionStatus.Draining,

    /// <summary>No open workflow is pinned to it: its workers can be stopped, once no closed one is to be
    /// queried.</summary>
    Drained = WorkerDeploymentVersionStatus.Drained,

    /// <summary>It was made ahead of its workers.</summary>
    Created = WorkerDeploymentVersionStatus.Created,
}
