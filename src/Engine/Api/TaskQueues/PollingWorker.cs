using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>A worker that polls a queue, as it describes itself.</summary>
internal readonly record struct PollingWorker(TaskQueueKey Queue, string Identity, string InstanceKey)
{
    public WorkerVersionCapabilities? Version { get; init; }

    public WorkerDeploymentOptions? Deployment { get; init; }

    /// <summary>The rate that it asks for its whole queue; null when it does not.</summary>
    public double? MaxTasksPerSecond { get; init; }

    /// <summary>What it is built with; null when it does not say.</summary>
    public SdkClient? Sdk { get; init; }
}
