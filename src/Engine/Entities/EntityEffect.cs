namespace AugmentedOS.Engine.Entities;

/// <summary>Something that the world learns of an entity once its state is durable. Derived from that state, so it may
/// be carried out again after a crash: whoever receives it must not mind.</summary>
internal abstract record EntityEffect(EntityKey Entity);
