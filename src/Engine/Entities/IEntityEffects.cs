namespace AugmentedOS.Engine.Entities;

/// <summary>Carries out the effects of one kind of entity; results come back as inputs.</summary>
internal interface IEntityEffects
{
    /// <summary>Runs on the writer's thread or the host's, in the order of commits; must not block or throw.</summary>
    void Carry(EntityEffect effect);
}
