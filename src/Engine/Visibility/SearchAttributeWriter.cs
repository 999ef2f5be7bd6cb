using System.Collections.Immutable;
using AugmentedOS.Engine.Storage.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Writes the index of attribute values. A run without attributes costs it nothing.</summary>
internal sealed class SearchAttributeWriter(Database database) : IDisposable
{
    private readonly SearchAttributeNames _names = new(database);
    private readonly ValueCounts _counts = new(database);

    private readonly Statement _insert = database.Prepare(
        """
        INSERT OR IGNORE INTO search_attributes(run_number, attribute, value, close_time, start_time, status, flags)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """);

    private readonly Statement _move = database.Prepare(
        "UPDATE search_attributes SET close_time = ?2, status = ?3, flags = (flags & 1) | ?4 WHERE run_number = ?1");

    private readonly Statement _delete = database.Prepare(
        "DELETE FROM search_attributes WHERE run_number = ?1 AND attribute = ?2");

    private readonly Statement _ofRun = database.Prepare(
        "SELECT attribute, value, close_time, start_time, status, flags FROM search_attributes WHERE run_number = ?1");

    private readonly Statement _ofAttribute = database.Prepare(
        """
        SELECT attribute, value, close_time, start_time, status, flags FROM search_attributes
        WHERE run_number = ?1 AND attribute = ?2
        """);

    private readonly List<(long Attribute, object Value, ListPlace Place)> _read = [];

    private readonly Statement _deleteAll = database.Prepare("DELETE FROM search_attributes WHERE run_number = ?1");

    private readonly Statement _forget = database.Prepare("DELETE FROM search_attributes WHERE attribute = ?1");

    /// <summary>Touches only the attributes that differ.</summary>
    public void Update(
        long runNumber,
        NamespaceId ns,
        ImmutableSortedDictionary<string, Payload> before,
        ImmutableSortedDictionary<string, Payload> after,
        ListPlace place)
    {
        foreach (var (name, payload) in before)
        {
            if (!after.TryGetValue(name, out var kept) || !kept.Equals(payload))
            {
                Remove(runNumber, _names.NumberOf(ns, name));
            }
        }

        foreach (var (name, payload) in after)
        {
            // The division is a column: nearly every query asks for it.
            if (name != BuiltInSearchAttributes.NamespaceDivision &&
                (!before.TryGetValue(name, out var had) || !had.Equals(payload)))
            {
                Insert(runNumber, _names.NumberOf(ns, name), SearchAttributeIndex.ValuesOf(payload), place);
            }
        }
    }

    /// <summary>Takes all values of a run to where the run now is.</summary>
    public void Move(long runNumber, ListPlace place)
    {
        Read(_ofRun.Bind(1, runNumber));
        foreach (var (attribute, value, before) in _read)
        {
            _counts.Remove(attribute, value, before);
            _counts.Add(runNumber, attribute, value, place);
        }

        _move
            .Bind(1, runNumber)
            .Bind(2, place.CloseTime)
            .Bind(3, (long)place.Status)
            .Bind(4, (long)DivisionFlag(place))
            .Run();
    }

    public void Delete(long runNumber)
    {
        Read(_ofRun.Bind(1, runNumber));
        Uncount();
        _deleteAll.Bind(1, runNumber).Run();
    }

    /// <summary>Drops all values of an attribute.</summary>
    public void Forget(NamespaceId ns, string name)
    {
        var attribute = _names.NumberOf(ns, name);
        _counts.Forget(attribute);
        _forget.Bind(1, attribute).Run();
    }

    /// <summary>Writes what was only added up so far. To be called before each commit.</summary>
    public void Flush() => _counts.Flush();

    /// <summary>After a rollback: what was remembered may be wrong.</summary>
    public void ForgetChanges()
    {
        _counts.ForgetChanges();
        _names.Forget();
    }

    /// <summary>Binds a value of an attribute as the index has it.</summary>
    public static void BindValue(Statement statement, int index, object value) => _ = value switch
    {
        string text => statement.Bind(index, text),
        double number => statement.Bind(index, number),
        long integer => statement.Bind(index, integer),
        _ => throw new InvalidOperationException($"{value.GetType()} is no index value."),
    };

    public void Dispose()
    {
        _names.Dispose();
        _counts.Dispose();
        _ofRun.Dispose();
        _ofAttribute.Dispose();
        _insert.Dispose();
        _move.Dispose();
        _delete.Dispose();
        _deleteAll.Dispose();
        _forget.Dispose();
    }

    private void Insert(long runNumber, long attribute, IReadOnlyList<object> values, ListPlace place)
    {
        var flags = DivisionFlag(place) | (values.Count > 1 ? AttributeFlags.OneOfSeveral : AttributeFlags.None);
        foreach (var value in values)
        {
            _insert
                .Bind(1, runNumber)
                .Bind(2, attribute)
                .Bind(4, place.CloseTime)
                .Bind(5, place.StartTime)
                .Bind(6, (long)place.Status)
                .Bind(7, (long)flags);
            BindValue(_insert, 3, value);
            _insert.Run();

            // The same element twice in a list is one row.
            if (database.Changes > 0)
            {
                _counts.Add(runNumber, attribute, value, place);
            }
        }
    }

    private void Remove(long runNumber, long attribute)
    {
        Read(_ofAttribute.Bind(1, runNumber).Bind(2, attribute));
        Uncount();
        _delete.Bind(1, runNumber).Bind(2, attribute).Run();
    }

    private void Uncount()
    {
        foreach (var (attribute, value, place) in _read)
        {
            _counts.Remove(attribute, value, place);
        }
    }

    private void Read(Statement rows)
    {
        _read.Clear();
        while (rows.Step())
        {
            var isInDivision = ((AttributeFlags)rows.Number(5)).HasFlag(AttributeFlags.InDivision);
            var status = (WorkflowExecutionStatus)rows.Number(4);
            _read.Add((rows.Number(0), rows.Value(1), new ListPlace(rows.Number(2), rows.Number(3), status, isInDivision)));
        }

        rows.Reset();
    }

    private static AttributeFlags DivisionFlag(ListPlace place) =>
        place.IsInDivision ? AttributeFlags.InDivision : AttributeFlags.None;
}
