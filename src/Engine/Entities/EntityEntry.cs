using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Entities;

/// <summary>An entity in its host's memory. Touched by its host only.</summary>
internal sealed class EntityEntry(EntityKey key, long number)
{
    public EntityKey Key { get; } = key;

    /// <summary>Its number in this file, of the same row as runs' numbers.</summary>
    public long Number { get; } = number;

    /// <summary>The last commit that carries it; it is durable when that is.</summary>
    public CommitMark? LastCommit { get; set; }

    public QueuedWakeUp<EntityKey>? WakeUp { get; set; }

    public bool IsDurable => LastCommit is null or { IsDurable: true };
}
