using System.Collections.Immutable;
using AugmentedOS.Engine.Storage.Sqlite;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Writes the index of attribute values. A run without attributes costs it nothing.</summary>
internal sealed class SearchAttributeWriter(Database database) : IDisposable
{
    private readonly Statement _insert = database.Prepare(
        "INSERT OR IGNORE INTO search_attributes(run_number, name, value, namespace_id) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _delete = database.Prepare(
        "DELETE FROM search_attributes WHERE run_number = ?1 AND name = ?2");

    private readonly Statement _deleteAll = database.Prepare("DELETE FROM search_attributes WHERE run_number = ?1");

    private readonly Statement _forget = database.Prepare(
        "DELETE FROM search_attributes WHERE namespace_id = ?1 AND name = ?2");

    /// <summary>Touches only the attributes that differ.</summary>
    public void Update(
        long runNumber,
        NamespaceId ns,
        ImmutableSortedDictionary<string, Payload> before,
        ImmutableSortedDictionary<string, Payload> after)
    {
        foreach (var (name, payload) in before)
        {
            if (!after.TryGetValue(name, out var kept) || !kept.Equals(payload))
            {
                _delete.Bind(1, runNumber).Bind(2, name).Run();
            }
        }

        foreach (var (name, payload) in after)
        {
            if (!before.TryGetValue(name, out var had) || !had.Equals(payload))
            {
                Insert(runNumber, ns, name, payload);
            }
        }
    }

    public void Delete(long runNumber) => _deleteAll.Bind(1, runNumber).Run();

    public void Forget(NamespaceId ns, string name) => _forget.Bind(1, ns.Value).Bind(2, name).Run();

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _deleteAll.Dispose();
        _forget.Dispose();
    }

    private void Insert(long runNumber, NamespaceId ns, string name, Payload payload)
    {
        // The division is a column: nearly every query asks for it.
        if (name == BuiltInSearchAttributes.NamespaceDivision)
        {
            return;
        }

        foreach (var value in SearchAttributeIndex.ValuesOf(payload))
        {
            _insert.Bind(1, runNumber).Bind(2, name).Bind(4, ns.Value);
            _ = value switch
            {
                string text => _insert.Bind(3, text),
                double number => _insert.Bind(3, number),
                long integer => _insert.Bind(3, integer),
                _ => throw new InvalidOperationException($"{name}: {value.GetType()} is no index value."),
            };
            _insert.Run();
        }
    }
}
