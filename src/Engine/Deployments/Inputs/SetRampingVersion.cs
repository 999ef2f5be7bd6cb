using AugmentedOS.Engine.Entities;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Sends a share of the workflows to a version. Answers a
/// <see cref="SetWorkerDeploymentRampingVersionResponse"/>.</summary>
/// <param name="Text">The version's deprecated text: <see cref="DeploymentVersion.Unversioned"/> for workers without one,
/// empty for no ramp.</param>
/// <param name="Expected">Queues of the current version that are in use: the ramping one must serve them too.</param>
/// <param name="Polled">Builds whose workers have polled lately.</param>
internal sealed record SetRampingVersion(
    EntityKey Key,
    SetWorkerDeploymentRampingVersionRequest Request,
    string Text,
    DeploymentVersion? Version,
    IReadOnlySet<ServedQueue> Expected,
    IReadOnlySet<string> Polled) : DeploymentInput(Key)
{
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
        var routing = state.Routing;
        var isSame = routing.RampingVersion == Text && routing.RampingVersionPercentage == Request.Percentage;
        if (isSame && state.LastModifier == Request.Identity)
        {
            return Answer(Reply(state, Text, Request.Percentage));
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

        if (routing.RampingVersion != Text && !Request.IgnoreMissingTaskQueues
            && RoutingGuard.Misses(next, Version, Expected))
        {
            return Reject(DeploymentRefusals.MissingQueues(Version!.Value, "ramping"));
        }

        if (!isSame)
        {
            next = RoutingChange.Apply(next, Route(next, context.Now), context.Now);
        }

        next = next with { Changes = next.Changes + 1, LastModifier = Request.Identity };
        return Change(next, Reply(next, routing.RampingVersion, routing.RampingVersionPercentage), context);
    }

    private Rejection? Refuse(WorkerDeployment state)
    {
        if (!Request.ConflictToken.IsEmpty && Request.ConflictToken != state.ConflictToken)
        {
            return DeploymentRefusals.TokenMismatch();
        }

        if (Text == state.Routing.CurrentVersion)
        {
            return DeploymentRefusals.AlreadyCurrent(Text);
        }

        if (Version is { } version && !state.Versions.ContainsKey(version.BuildId) && !Request.AllowNoPollers)
        {
            return DeploymentRefusals.BuildNotFound(version.BuildId, Name);
        }

        return RoutingGuard.Manager(state, Request.Identity);
    }

    /// <summary>Another percentage of the same version does not change since when it ramps.</summary>
    private RoutingConfig Route(WorkerDeployment state, Instant now)
    {
        var routing = state.Routing.Clone();
        if (Text.Length == 0 || routing.RampingVersion != Text)
        {
            routing.RampingVersionChangedTime = now.ToTimestamp();
        }

        routing.RampingVersion = Text;
        routing.RampingDeploymentVersion = Version?.ToProto();
        routing.RampingVersionPercentage = Request.Percentage;
        routing.RampingVersionPercentageChangedTime = now.ToTimestamp();
        routing.RevisionNumber++;
        return routing;
    }

    private static SetWorkerDeploymentRampingVersionResponse Reply(
        WorkerDeployment state, string previous, float percentage) => new()
        {
            ConflictToken = state.ConflictToken,
            PreviousVersion = previous,
            PreviousPercentage = percentage,
            PreviousDeploymentVersion = state.Named(previous)?.ToProto(),
        };
}
