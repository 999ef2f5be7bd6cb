using AugmentedOS.Engine.Storage.Sqlite;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The numbers under which the index has the names of attributes. Owned by the thread that writes.</summary>
internal sealed class SearchAttributeNames(Database database) : IDisposable
{
    private readonly Dictionary<(NamespaceId Namespace, string Name), long> _known = [];

    private readonly Statement _find = database.Prepare(
        "SELECT id FROM search_attribute_names WHERE namespace_id = ?1 AND name = ?2");

    private readonly Statement _add = database.Prepare(
        "INSERT INTO search_attribute_names(namespace_id, name) VALUES (?1, ?2) RETURNING id");

    /// <summary>The name's number; one that is new gets the next.</summary>
    public long NumberOf(NamespaceId ns, string name)
    {
        if (!_known.TryGetValue((ns, name), out var number))
        {
            number = Run(_find, ns, name) ?? Run(_add, ns, name)
                ?? throw new InvalidOperationException("An INSERT with RETURNING gave no row.");
            _known[(ns, name)] = number;
        }

        return number;
    }

    /// <summary>After a rollback: names may have lost the numbers that they got.</summary>
    public void Forget() => _known.Clear();

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
    }

    private static long? Run(Statement statement, NamespaceId ns, string name)
    {
        long? number = statement.Bind(1, ns.Value).Bind(2, name).Step() ? statement.Number(0) : null;
        statement.Reset();
        return number;
    }
}
