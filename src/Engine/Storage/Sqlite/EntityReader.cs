using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Reads all entities of a kind.</summary>
internal static class EntityReader
{
    public static IReadOnlyList<StoredEntity> All(Database database, EntityKind kind)
    {
        using var rows = database.Prepare(
            "SELECT number, namespace_id, id, version, state FROM entities WHERE kind = ?1 ORDER BY number");
        rows.Bind(1, (long)kind);
        var all = new List<StoredEntity>();
        while (rows.Step())
        {
            var key = new EntityKey(kind, new NamespaceId(rows.Guid(1)), rows.Text(2));
            all.Add(new StoredEntity(key, rows.Number(0), (int)rows.Number(3), rows.Blob(4).ToArray()));
        }

        return all;
    }
}
