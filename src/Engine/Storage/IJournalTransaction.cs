using AugmentedOS.Engine.Namespaces;

namespace AugmentedOS.Engine.Storage;

/// <summary>An open storage transaction; used by the writer only.</summary>
internal interface IJournalTransaction
{
    /// <summary>Appends one run's part of a transition and brings its index and visibility rows up to date.</summary>
    void Append(JournalEntry entry);

    /// <summary>Removes a run: journal, snapshots, index, visibility.</summary>
    void Delete(RunKey run, long runNumber);

    void Save(NamespaceInfo ns);

    /// <summary>Writes an entity's whole state, or removes it.</summary>
    void Save(EntityRow row);
}
