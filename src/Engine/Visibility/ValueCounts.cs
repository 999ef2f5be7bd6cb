using System.Runtime.InteropServices;
using AugmentedOS.Engine.Storage.Sqlite;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Counts the runs that have a value, by status, for values that many have; what few have is counted when somebody asks.
/// So an attribute whose values are all different costs no counts. Owned by the one thread that writes.
/// </summary>
/// <remarks>
/// A value has counts or has none: only <see cref="Flush"/> gives it some, from the index, when every 1,024th row finds
/// that it has become common. It keeps them.
/// </remarks>
internal sealed class ValueCounts(Database database) : IDisposable
{
    /// <summary>Counting so many entries of the index takes a few milliseconds.</summary>
    public const int Common = 10_000;

    private const int LookEvery = 1_024;
    private readonly Dictionary<AttributeValue, Changes> _changes = [];

    private readonly Statement _isCounted = database.Prepare(
        "SELECT 1 FROM value_counts WHERE attribute = ?1 AND value = ?2 LIMIT 1");

    private readonly Statement _isCommon = database.Prepare(
        "SELECT 1 FROM search_attributes WHERE attribute = ?1 AND value = ?2 LIMIT 1 OFFSET ?3");

    private readonly Statement _begin = database.Prepare(
        """
        INSERT INTO value_counts(attribute, value, status, count)
        SELECT attribute, value, status, count(*) FROM search_attributes
        WHERE attribute = ?1 AND value = ?2 AND flags & 2 = 0 GROUP BY status
        """);

    private readonly Statement _add = database.Prepare(
        """
        INSERT INTO value_counts(attribute, value, status, count) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT(attribute, value, status) DO UPDATE SET count = count + excluded.count
        """);

    private readonly Statement _forget = database.Prepare("DELETE FROM value_counts WHERE attribute = ?1");

    public void Add(long runNumber, long attribute, object value, ListPlace place)
    {
        Change(attribute, value, place, 1);
        if (runNumber % LookEvery == 0)
        {
            _changes.GetValueOrDefault(new AttributeValue(attribute, value))?.Look();
        }
    }

    public void Remove(long attribute, object value, ListPlace place) => Change(attribute, value, place, -1);

    public void Forget(long attribute) => _forget.Bind(1, attribute).Run();

    /// <summary>Writes what has changed since; before the commit, when the rows are as they will be.</summary>
    public void Flush()
    {
        foreach (var (value, changes) in _changes)
        {
            if (Finds(_isCounted, value))
            {
                Write(value, changes);
            }
            else if (changes.AreALook && Finds(_isCommon.Bind(3, (long)Common - 1), value))
            {
                Bind(_begin, value).Run();
            }
        }

        _changes.Clear();
    }

    /// <summary>After a rollback: the changes did not happen.</summary>
    public void ForgetChanges() => _changes.Clear();

    public void Dispose()
    {
        _isCounted.Dispose();
        _isCommon.Dispose();
        _begin.Dispose();
        _add.Dispose();
        _forget.Dispose();
    }

    private void Change(long attribute, object value, ListPlace place, long by)
    {
        if (place.IsInDivision)
        {
            return;
        }

        ref var changes = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _changes, new AttributeValue(attribute, value), out _);
        changes ??= new Changes();
        changes.Add(place.Status, by);
    }

    private void Write(AttributeValue value, Changes changes)
    {
        foreach (var (status, by) in changes.ByStatus)
        {
            if (by != 0)
            {
                Bind(_add, value).Bind(3, (long)status).Bind(4, by).Run();
            }
        }
    }

    private static bool Finds(Statement statement, AttributeValue value)
    {
        var found = Bind(statement, value).Step();
        statement.Reset();
        return found;
    }

    private static Statement Bind(Statement statement, AttributeValue of)
    {
        statement.Bind(1, of.Attribute);
        SearchAttributeWriter.BindValue(statement, 2, of.Value);
        return statement;
    }

    private readonly record struct AttributeValue(long Attribute, object Value);

    private sealed class Changes
    {
        public Dictionary<WorkflowExecutionStatus, long> ByStatus { get; } = [];

        /// <summary>Whether it is time to see how common the value is.</summary>
        public bool AreALook { get; private set; }

        public void Add(WorkflowExecutionStatus status, long by) =>
            CollectionsMarshal.GetValueRefOrAddDefault(ByStatus, status, out _) += by;

        public void Look() => AreALook = true;
    }
}
