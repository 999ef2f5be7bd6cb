using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Deployments.Inputs;

/// <summary>Something that happens to a worker deployment that exists.</summary>
internal abstract record DeploymentInput(EntityKey Key) : EntityInput<WorkerDeployment>(Key)
{
    /// <summary>The name of the deployment.</summary>
    protected string Name => Key.Id;

    public override EntityDecision<WorkerDeployment> Decide(
        WorkerDeployment? state, EntityContext<WorkerDeployment> context) =>
        state is null ? Missing() : DecideOn(state, context);

    protected abstract EntityDecision<WorkerDeployment> DecideOn(
        WorkerDeployment state, EntityContext<WorkerDeployment> context);

    protected virtual EntityDecision<WorkerDeployment> Missing() => Reject(DeploymentRefusals.NotFound(Name));

    protected static EntityDecision<WorkerDeployment> Reject(Rejection rejection) =>
        EntityDecision<WorkerDeployment>.Reject(rejection);

    protected static EntityDecision<WorkerDeployment> Answer(object reply) =>
        EntityDecision<WorkerDeployment>.Answer(reply);

    /// <summary>The next state, with the next look at draining versions planned.</summary>
    protected static EntityDecision<WorkerDeployment> Change(
        WorkerDeployment next, object reply, EntityContext<WorkerDeployment> context) =>
        EntityDecision<WorkerDeployment>.Change(Drainage.Plan(next, context.Limits), reply);
}
