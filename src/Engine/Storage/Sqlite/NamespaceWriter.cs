using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Keeps the namespaces. What is indexed under a search attribute goes when the attribute does, so that its
/// name can come back with another type.</summary>
internal sealed class NamespaceWriter(Database database, RunIndexWriter index) : IDisposable
{
    private readonly Statement _find = database.Prepare("SELECT info FROM namespaces WHERE id = ?1");

    private readonly Statement _save = database.Prepare(
        "INSERT INTO namespaces(id, info) VALUES(?1, ?2) ON CONFLICT(id) DO UPDATE SET info = excluded.info");

    public void Save(NamespaceInfo ns)
    {
        foreach (var name in Find(ns.Id)?.SearchAttributes.Keys ?? [])
        {
            if (!ns.SearchAttributes.ContainsKey(name))
            {
                index.Forget(ns.Id, name);
            }
        }

        _save.Bind(1, ns.Id.Value).Bind(2, NamespaceCodec.Encode(ns)).Run();
    }

    public void Dispose()
    {
        _find.Dispose();
        _save.Dispose();
    }

    private NamespaceInfo? Find(NamespaceId id)
    {
        var found = _find.Bind(1, id.Value).Step() ? NamespaceCodec.Decode(_find.Blob(0)) : null;
        _find.Reset();
        return found;
    }
}
