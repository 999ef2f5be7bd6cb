using AugmentedOS.Engine.Entities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Makes a version the one that workflows go to. Answers a <see cref="SetWorkerDeploymentCurrentVersionResponse"/>.
/// </summary>
/// <param name="Version">Null for workers without a version.</param>
/// <param name="Expected">Queues of the present current version that are in use: the new one must serve them too.</param>
/// <param name="Polled">Builds whose workers have polled lately.</param>
internal sealed record SetCurrentVersion(
    EntityKey Key,
    SetWorkerDeploymentCurrentVersionRequest Request,
    DeploymentVersion? Version,
    IReadOnlySet<ServedQueue> Expected,
    IReadOnlySet<string> Polled) : DeploymentInput(Key)
{
    private string Text => Version?.ToLegacyText() ?? DeploymentVersion.Unversioned;


    public override EntityDecision<WorkerDeployment> Decide(
        WorkerDeployment? state, EntityContext<WorkerDeployment> context)
    {
        if (state is not null)
        {
            return DecideOn(state, context);
        }

        if (!Request.AllowNoPollers)
        {
            return Reject(DeploymentRefusals.NotFound(Name));
        }

        var (made, refusal) = VersionRoom.Begin(Key, "", "", context);
        return made is null ? Reject(refusal!) : DecideOn(made, context);
    }

    protected override EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context)
    {
        if (state.Routing.CurrentVersion == Text && state.LastModifier == Request.Identity)
        {
            return Answer(Reply(state, Text));
        }

        if (Refuse(state) is { } refused)
        {
            return Reject(refused);
        }

        var (next, refusal) = RoutingGuard.Ensure(state, Version, Polled, context);
        if (next is null)
        {
            return Reject(refusal!);
        }

        if (!Request.IgnoreMissingTaskQueues && RoutingGuard.Misses(next, Version, Expected))
        {
            return Reject(DeploymentRefusals.MissingQueues(Version!.Value, "current"));
        }

        if (state.Routing.CurrentVersion != Text)
        {
            next = RoutingChange.Apply(next, Route(next, context.Now), context.Now);
        }

        next = next with { Changes = next.Changes + 1, LastModifier = Request.Identity };
        return Change(next, Reply(next, state.Routing.CurrentVersion), context);
    }

    private Rejection? Refuse(WorkerDeployment state)
    {
        if (!Request.ConflictToken.IsEmpty && Request.ConflictToken != state.ConflictToken)
        {
            return DeploymentRefusals.TokenMismatch();
        }

        if (Version is { } version && !state.Versions.ContainsKey(version.BuildId) && !Request.AllowNoPollers)
        {
            return DeploymentRefusals.BuildNotFound(version.BuildId, Name);
        }

        return RoutingGuard.Manager(state, Request.Identity);
    }

    private Temporalio.Api.Deployment.V1.RoutingConfig Route(WorkerDeployment state, Instant now)
    {
        var routing = state.Routing.Clone();
        routing.CurrentVersion = Text;
        routing.CurrentDeploymentVersion = Version?.ToProto();
        routing.CurrentVersionChangedTime = now.ToTimestamp();
        routing.RevisionNumber++;
        if (routing.RampingVersion == Text)
        {
            routing.RampingVersion = "";
            routing.RampingDeploymentVersion = null;
            routing.RampingVersionPercentage = 0;
            routing.RampingVersionChangedTime = now.ToTimestamp();
            routing.RampingVersionPercentageChangedTime = now.ToTimestamp();
        }

        return routing;
    }

    private static SetWorkerDeploymentCurrentVersionResponse Reply(WorkerDeployment state, string previous) => new()
    {
        ConflictToken = state.ConflictToken,
        PreviousVersion = previous,
        PreviousDeploymentVersion = state.Named(previous)?.ToProto(),
    };
}
