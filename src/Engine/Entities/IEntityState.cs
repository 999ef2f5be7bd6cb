namespace AugmentedOS.Engine.Entities;

/// <summary>What an entity is: immutable, small and bounded, for it is written whole with each change.</summary>
internal interface IEntityState
{
    /// <summary>When it must be looked at although nobody asks; null for never. In the past: at once.</summary>
    Instant? WakeAt { get; }
}
