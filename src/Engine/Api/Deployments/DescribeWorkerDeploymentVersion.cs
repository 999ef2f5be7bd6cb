using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>A version with the queues that its workers poll.</summary>
internal sealed class DescribeWorkerDeploymentVersion(DeploymentAccess deployments, TaskMatcher matcher)
    : IRpc<DescribeWorkerDeploymentVersionRequest, DescribeWorkerDeploymentVersionResponse>
{
    public async ValueTask<Answer<DescribeWorkerDeploymentVersionResponse>> AnswerAsync(
        DescribeWorkerDeploymentVersionRequest request, Call call)
    {
        DeploymentVersion version = default;
        var refusal = deployments.Enter(request.Namespace, out var ns)
            ?? (request is { Version.Length: 0, DeploymentVersion: null }
                ? Rejection.InvalidArgument("deployment version cannot be empty")
                : null)
            ?? NamedVersion.Required(
                request.Version.Length > 0 ? null : request.DeploymentVersion, request.Version, out version);
        if (refusal is not null)
        {
            return refusal;
        }

        var found = await deployments.SubmitAsync<Found>(new ReadEntity<WorkerDeployment>(
            WorkerDeployment.KeyOf(ns, version.Deployment),
            (deployment, _) => new Found(deployment.Versions.GetValueOrDefault(version.BuildId)),
            DeploymentRefusals.VersionNotFound)).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return found.Rejection;
        }

        return found.Response.Version is { } known
            ? DeploymentDescriptions.Describe(known, ns, request.ReportTaskQueueStats ? matcher : null)
            : DeploymentRefusals.VersionNotFound();
    }

    private sealed record Found(DeployedVersion? Version);
}
