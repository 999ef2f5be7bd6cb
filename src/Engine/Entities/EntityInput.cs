namespace AugmentedOS.Engine.Entities;

/// <summary>Something that happens to one entity.</summary>
internal abstract record EntityInput<TState>(EntityKey Key)
    where TState : class, IEntityState
{
    /// <summary>What follows from it. Pure: no clock, no I/O, no chance.</summary>
    /// <param name="state">Null when there is no such entity.</param>
    public abstract EntityDecision<TState> Decide(TState? state, EntityContext<TState> context);
}
