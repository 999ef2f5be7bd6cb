using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>The way of the RPCs to worker deployments.</summary>
internal sealed class DeploymentAccess(
    NamespaceGate gate,
    EngineLimits limits,
    EntityHost<WorkerDeployment> host,
    DeploymentDirectory directory,
    VersionedPolls polls)
{
    public DeploymentDirectory Directory { get; } = directory;

    public VersionedPolls Polls { get; } = polls;

    public Rejection? Enter(string nsName, out NamespaceId ns)
    {
        var refusal = gate.Enter(nsName, out var found);
        ns = found?.Id ?? default;
        return refusal ?? (limits.Features.Deployments
            ? null
            : Rejection.PermissionDenied("Worker Deployment Versions are disabled on this namespace."));
    }

    public async ValueTask<Answer<TResponse>> SubmitAsync<TResponse>(EntityInput<WorkerDeployment> input)
        where TResponse : class
    {
        var outcome = await host.SubmitAsync(input).ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (TResponse)outcome.Reply!;
    }
}
