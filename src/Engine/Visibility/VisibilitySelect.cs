using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The statements that read visibility.</summary>
internal static class VisibilitySelect
{
    public static SqlWriter Page(VisibilityScope scope, Condition where, ListPosition? after, int limit)
    {
        var sql = new SqlWriter().Add("SELECT ").Add(VisibilityRow.Columns);
        WriteFrom(sql, scope, where);
        if (after is not null)
        {
            // The row value is a range of the index; the rest drops what the page before had of the same times.
            sql.Add(" AND (runs.close_time, runs.start_time) <= (")
                .AddValue(after.CloseTime).Add(", ").AddValue(after.StartTime)
                .Add(") AND NOT (runs.close_time = ").AddValue(after.CloseTime)
                .Add(" AND runs.start_time = ").AddValue(after.StartTime)
                .Add(" AND runs.run_id <= ").AddValue(after.Run.Value.ToByteArray(bigEndian: true)).Add(")");
        }

        // The plus keeps SQLite from walking the index of the order.
        return sql.Add(PlanHint.NamesItsRuns(where) ? " ORDER BY +runs.close_time" : " ORDER BY runs.close_time")
            .Add(" DESC, runs.start_time DESC, runs.run_id LIMIT ").AddValue((long)limit);
    }

    public static SqlWriter Count(VisibilityScope scope, BoundQuery query)
    {
        var column = query.GroupBy is null ? null : SqlColumn.Of(query.GroupBy);
        var sql = new SqlWriter().Add("SELECT count(*)").Add(column is null ? "" : $", {column.Expression}");
        WriteFrom(sql, scope, query.Where);
        return column is null ? sql : sql.Add($" GROUP BY {column.Expression} ORDER BY {column.Expression}");
    }

    private static void WriteFrom(SqlWriter sql, VisibilityScope scope, Condition where)
    {
        var namespaceId = scope.Namespace.Value.ToByteArray(bigEndian: true);
        sql.Add(" FROM runs WHERE runs.namespace_id = ").AddValue(namespaceId).Add(" AND ");
        ConditionSql.Write(sql, where, namespaceId);
        PlanHint.WriteStatus(sql, where);
    }
}
