namespace AugmentedOS.Engine.Entities;

/// <summary>Reads a durable entity. Answers what <paramref name="Read"/> makes of it, or refuses.</summary>
internal sealed record ReadEntity<TState>(
    EntityKey Key, Func<TState, Instant, object> Read, Func<Rejection> Missing) : EntityInput<TState>(Key)
    where TState : class, IEntityState
{
    public override EntityDecision<TState> Decide(TState? state, EntityContext<TState> context) => state is null
        ? EntityDecision<TState>.Reject(Missing())
        : EntityDecision<TState>.Answer(Read(state, context.Now));
}
