using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Writes entities: a row each, and by what queries find them.</summary>
internal sealed class EntityWriter(Database database) : IDisposable
{
    private readonly SearchAttributeWriter _attributes = new(database);

    private readonly Statement _save = database.Prepare(
        """
        INSERT INTO entities(number, kind, namespace_id, id, version, state, wake_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT(number) DO UPDATE SET
            version = excluded.version, state = excluded.state, wake_at = excluded.wake_at
        """);

    private readonly Statement _delete = database.Prepare("DELETE FROM entities WHERE number = ?1");

    public void Save(EntityRow row)
    {
        if (row.State is not { } state)
        {
            _delete.Bind(1, row.Number).Run();
            _attributes.Delete(row.Number);
            return;
        }

        _save
            .Bind(1, row.Number)
            .Bind(2, (long)row.Key.Kind)
            .Bind(3, row.Key.Namespace.Value)
            .Bind(4, row.Key.Id)
            .Bind(5, row.Version)
            .Bind(6, state.Span)
            .Bind(7, row.WakeAt?.Ticks)
            .Run();
        if (!ReferenceEquals(row.AttributesBefore, row.AttributesAfter))
        {
            _attributes.Update(
                row.Number, row.Key.Namespace, row.AttributesBefore, row.AttributesAfter, ListPlace.OfEntity);
        }
    }

    /// <summary>Writes what was only added up so far. To be called before each commit.</summary>
    public void Flush() => _attributes.Flush();

    /// <summary>After a rollback: what was remembered may be wrong.</summary>
    public void ForgetChanges() => _attributes.ForgetChanges();

    public void Dispose()
    {
        _attributes.Dispose();
        _save.Dispose();
        _delete.Dispose();
    }
}
