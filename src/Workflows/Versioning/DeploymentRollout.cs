using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>Rolls versions of a worker deployment out: the workers themselves say their version
/// (<c>TemporalWorkerOptions.DeploymentOptions</c>), this says which one workflows go to.</summary>
/// <param name="client">A client of the namespace.</param>
/// <param name="deployment">The deployment's name, as its workers say it.</param>
public sealed class DeploymentRollout(ITemporalClient client, string deployment)
{
    /// <summary>Sends new workflows to a version, and moves auto-upgrading ones to it with their next workflow task.
    /// Pinned ones stay.</summary>
    /// <param name="buildId">The version's build id.</param>
    /// <param name="allowNoPollers">Whether a version may be made current before its workers are there.</param>
    /// <exception cref="RpcException">The server refused; <see cref="RpcException.StatusCode.FailedPrecondition"/> or
    /// <see cref="RpcException.StatusCode.NotFound"/> where no worker of that version has polled yet.</exception>
    public async Task MakeCurrentAsync(
        string buildId, bool allowNoPollers = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(buildId);
        await client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(
            new()
            {
                Namespace = client.Options.Namespace,
                DeploymentName = deployment,
                BuildId = buildId,
                AllowNoPollers = allowNoPollers,
            },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
    }

    /// <summary>Sends a share of the workflows to a version: the same ones as the share grows.</summary>
    /// <param name="buildId">The version's build id.</param>
    /// <param name="percentage">0 to 100.</param>
    /// <param name="allowNoPollers">Whether a version may be ramped before its workers are there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentage is none.</exception>
    /// <exception cref="RpcException">The server refused, as for <see cref="MakeCurrentAsync"/>.</exception>
    public async Task RampAsync(
        string buildId, float percentage, bool allowNoPollers = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(buildId);
        if (percentage is not (>= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(percentage), percentage, "A ramp takes a share of the workflows: give 0 to 100 percent.");
        }

        await client.WorkflowService.SetWorkerDeploymentRampingVersionAsync(
            new()
            {
                Namespace = client.Options.Namespace,
                DeploymentName = deployment,
                BuildId = buildId,
                Percentage = percentage,
                AllowNoPollers = allowNoPollers,
            },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
    }

    /// <summary>How the deployment stands.</summary>
    /// <exception cref="RpcException">There is none of this name, as no worker of it has polled yet.</exception>
    public async Task<RolloutState> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var answer = await client.WorkflowService.DescribeWorkerDeploymentAsync(
            new DescribeWorkerDeploymentRequest { Namespace = client.Options.Namespace, DeploymentName = deployment },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
        var info = answer.WorkerDeploymentInfo;
        return new RolloutState(
            info.RoutingConfig.CurrentDeploymentVersion?.BuildId,
            info.RoutingConfig.RampingDeploymentVersion?.BuildId,
            info.RoutingConfig.RampingVersionPercentage,
            info.VersionSummaries.ToDictionary(
                summary => summary.DeploymentVersion.BuildId, summary => (VersionStatus)summary.Status));
    }
}
