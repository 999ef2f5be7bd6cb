namespace AugmentedOS.Engine.Entities;

/// <summary>The home of all entities of one kind, as the engine's life sees it.</summary>
internal interface IEntityHost : IDisposable
{
    EntityKind Kind { get; }

    /// <summary>Loads all entities and takes up what they want done.</summary>
    void Start();

    /// <summary>A commit failed: drops everything and begins again from what is durable.</summary>
    void Reload(int generation);

    /// <summary>Refuses what comes from now on.</summary>
    /// <param name="stopped">Called when everything that came before is queued for the disk.</param>
    void Stop(Action stopped);

    /// <summary>Removes the entities of a deleted namespace.</summary>
    void RemoveAll(NamespaceId ns);
}
