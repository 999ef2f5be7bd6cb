using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;

namespace AugmentedOS.Engine.Entities;

/// <summary>Everything a decision about an entity may know besides its state and the input.</summary>
/// <param name="Engine">Time, ids, limits, namespaces.</param>
/// <param name="Entities">All entities of the kind as they are, for rules that span several of them.</param>
internal sealed record EntityContext<TState>(
    DecisionContext Engine, IReadOnlyDictionary<EntityKey, TState> Entities)
    where TState : class, IEntityState
{
    public Instant Now => Engine.Now;

    public IIdSource Ids => Engine.Ids;

    public EngineLimits Limits => Engine.Limits;

    public INamespaceDirectory Namespaces => Engine.Namespaces;
}
