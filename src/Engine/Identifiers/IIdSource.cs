namespace AugmentedOS.Engine;

/// <summary>Where new ids come from, so that a simulation's seed decides them too.</summary>
internal interface IIdSource
{
    /// <summary>A new unique id. Ids made later sort later, which keeps the index of run ids dense.</summary>
    Guid Next();
}
