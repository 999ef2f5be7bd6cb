using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The counts that are kept with the runs, for the filters that they are enough for.</summary>
/// <remarks>See <see cref="RunCounts"/> and <see cref="ValueCounts"/>, which keep them.</remarks>
internal sealed class KeptCounts
{
    private readonly string _table;
    private readonly Action<SqlWriter> _writeWhere;

    private KeptCounts(string table, Action<SqlWriter> writeWhere) => (_table, _writeWhere) = (table, writeWhere);

    /// <summary>Null when the matches have to be counted.</summary>
    public static KeptCounts? Find(Database database, VisibilityScope scope, Condition where)
    {
        var ns = scope.NamespaceBytes;
        if (Seekable.IsDecidedByTypeAndStatus(where, out var rest))
        {
            return new KeptCounts("run_counts AS runs", sql =>
                ConditionSql.Write(sql.Add("runs.namespace_id = ").AddBlob(ns).Add(" AND "), rest, ns));
        }

        var value = Seekable.Required(where).FirstOrDefault(Seekable.IsOneValue);
        if (value is null || !Seekable.IsDecidedByValueAndStatus(where, value) || !IsKept(database, value, ns))
        {
            return null;
        }

        return new KeptCounts("value_counts AS found", sql =>
        {
            ConditionSql.WriteFound(sql, value, ns, "found");
            ConditionSql.WriteBehind(sql.Add(" AND "), WithoutDivision(where), ns, value);
        });
    }

    public SqlWriter Total()
    {
        var sql = new SqlWriter().Add("SELECT coalesce(sum(count), 0)");
        return WriteFrom(sql);
    }

    /// <summary>A column for each status, in the order of <see cref="VisibilitySelect.Statuses"/>.</summary>
    public SqlWriter ByStatus()
    {
        var sql = new SqlWriter().Add("SELECT ");
        VisibilitySelect.WriteForEachStatus(sql, "sum(count)", "status");
        return WriteFrom(sql);
    }

    private SqlWriter WriteFrom(SqlWriter sql)
    {
        _writeWhere(sql.Add(" FROM ").Add(_table).Add(" WHERE "));
        return sql;
    }

    private static bool IsKept(Database database, Condition value, byte[] ns)
    {
        var sql = new SqlWriter().Add("SELECT 1 FROM value_counts AS found WHERE ");
        ConditionSql.WriteFound(sql, value, ns, "found");
        using var row = sql.Add(" LIMIT 1").Prepare(database);
        return row.Step();
    }

    // What is kept leaves the divisions out, so nothing is left to ask.
    private static Condition.All WithoutDivision(Condition where) =>
        new Condition.All(((Condition.All)where).Terms.RemoveAt(0));
}
