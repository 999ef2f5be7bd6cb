using System.Collections.Immutable;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Entities;

/// <summary>What the room must know of one kind of entity: its bytes, its effects, what it does when it wakes up.
/// Everything here is pure.</summary>
/// <typeparam name="TState">What such an entity is.</typeparam>
internal abstract class EntityType<TState>
    where TState : class, IEntityState
{
    public abstract EntityKind Kind { get; }

    /// <summary>The version of what <see cref="Encode"/> writes.</summary>
    public abstract int Version { get; }

    public abstract void Encode(TState state, ByteSink sink);

    /// <summary>Reads every version there ever was. Bodies grow at their end: read what came later unless the source is
    /// at its end.</summary>
    public abstract TState Decode(EntityKey key, int version, ref ByteSource source);

    /// <summary>What the world learns once this change is durable.</summary>
    /// <param name="before">Null when the entity is new.</param>
    /// <param name="after">Null when it is gone.</param>
    public virtual IEnumerable<EntityEffect> After(EntityKey key, TState? before, TState? after) => [];

    /// <summary>Everything that a loaded state still wants done: an effect that a crash may have eaten is among it.
    /// </summary>
    public virtual IEnumerable<EntityEffect> All(EntityKey key, TState state) => [];

    /// <summary>What happens when <see cref="IEntityState.WakeAt"/> has come. It must change the state's wake-up.
    /// </summary>
    public virtual EntityInput<TState>? WakeUp(EntityKey key) => null;

    /// <summary>By what queries find it. Only for kinds that have lists with a query.</summary>
    public virtual ImmutableSortedDictionary<string, Payload> SearchAttributesOf(TState state) =>
        ImmutableSortedDictionary<string, Payload>.Empty;

    /// <summary>Whether queries find it after a change by what they found it before, where that is cheap to tell.</summary>
    public virtual bool IsFoundAlike(TState before, TState after) => false;
}
