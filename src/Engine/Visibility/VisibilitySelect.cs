using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The statements that read visibility.</summary>
internal static class VisibilitySelect
{
    public static ImmutableArray<WorkflowExecutionStatus> Statuses { get; } =
        [.. Enum.GetValues<WorkflowExecutionStatus>()];

    /// <summary>Open runs first, then the latest closed.</summary>
    public static SqlWriter Page(
        VisibilityScope scope, Condition where, ListPosition? after, int limit, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT ").Add(VisibilityRow.Columns);
        if (plan is SearchPlan.ByValue byValue)
        {
            WritePlaces(sql.Add(" FROM ("), scope, where, byValue.Leaf, after, limit);
            return sql.Add(") AS page CROSS JOIN runs ON runs.run_number = page.number")
                .Add(" ORDER BY page.close_time DESC, page.start_time DESC, page.number");
        }

        WriteFrom(sql, scope, where, plan);
        WriteAfter(sql, after, "runs");

        // The plus keeps SQLite from walking the list for its order.
        return sql.Add(plan is SearchPlan.Walk ? " ORDER BY runs.close_time" : " ORDER BY +runs.close_time")
            .Add(" DESC, runs.start_time DESC, runs.run_number LIMIT ").AddValue((long)limit);
    }

    /// <summary>In the order of numbers, after one and up to one.</summary>
    public static SqlWriter Numbered(
        VisibilityScope scope, Condition where, long after, long last, int limit, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT runs.run_number, runs.workflow_id, runs.run_id");
        WriteFrom(sql, scope, where, plan);
        return sql.Add(" AND runs.run_number > ").AddValue(after).Add(" AND runs.run_number <= ").AddValue(last)
            .Add(plan is SearchPlan.Walk ? " ORDER BY runs.run_number LIMIT " : " ORDER BY +runs.run_number LIMIT ")
            .AddValue((long)limit);
    }

    public static SqlWriter Count(VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT count(*)");
        WriteCounted(sql, scope, where, plan);
        return sql;
    }

    /// <summary>One row with a count for each status, in the order of <see cref="Statuses"/>.</summary>
    /// <remarks>GROUP BY would sort every row; there are few statuses, so one pass adds them up.</remarks>
    public static SqlWriter CountByStatus(VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT ");
        WriteForEachStatus(sql, "count(*)", plan is SearchPlan.ByValue ? "found.status" : "runs.status");
        WriteCounted(sql, scope, where, plan);
        return sql;
    }

    /// <summary>A row with a count for each value of the division, NULL first.</summary>
    public static SqlWriter CountByDivision(VisibilityScope scope, Condition where)
    {
        var sql = new SqlWriter().Add("SELECT count(*), runs.namespace_division");
        WriteFrom(sql, scope, where, new SearchPlan.Walk());
        return sql.Add(" GROUP BY runs.namespace_division ORDER BY runs.namespace_division");
    }

    /// <summary>How many entries of an index a leaf has, counted no further than the limit.</summary>
    public static SqlWriter Entries(VisibilityScope scope, Condition leaf, int limit)
    {
        var sql = new SqlWriter().Add("SELECT count(*) FROM (");
        ConditionSql.WriteNumbers(sql, leaf, scope.NamespaceBytes);
        return sql.Add(" LIMIT ").AddValue((long)limit).Add(")");
    }

    /// <summary>A count, or one for each status, written for what is counted by <paramref name="count"/>.</summary>
    public static void WriteForEachStatus(SqlWriter sql, string count, string status)
    {
        for (var index = 0; index < Statuses.Length; index++)
        {
            sql.Add(index == 0 ? "" : ", ").Add(count).Add(" FILTER (WHERE ").Add(status).Add(" = ")
                .AddValue((long)Statuses[index]).Add(")");
        }
    }

    // The page is found in the index; only then are its rows read.
    private static void WritePlaces(
        SqlWriter sql, VisibilityScope scope, Condition where, Condition leaf, ListPosition? after, int limit)
    {
        sql.Add("SELECT found.run_number AS number, found.close_time, found.start_time");
        WriteFound(sql, scope, where, leaf);
        WriteAfter(sql, after, "found");
        sql.Add(" ORDER BY found.close_time DESC, found.start_time DESC, found.run_number LIMIT ")
            .AddValue((long)limit);
    }

    private static void WriteCounted(SqlWriter sql, VisibilityScope scope, Condition where, SearchPlan plan)
    {
        if (plan is SearchPlan.ByValue byValue)
        {
            WriteFound(sql, scope, where, byValue.Leaf);
        }
        else
        {
            WriteFrom(sql, scope, where, plan);
        }
    }

    private static void WriteFound(SqlWriter sql, VisibilityScope scope, Condition where, Condition leaf)
    {
        var ns = scope.NamespaceBytes;
        sql.Add(" FROM search_attributes AS found INDEXED BY search_attributes_by_value");
        if (!Seekable.IsDecidedByIndex(where, leaf))
        {
            sql.Add(" CROSS JOIN runs ON runs.run_number = found.run_number");
        }

        ConditionSql.WriteFound(sql.Add(" WHERE "), leaf, ns, "found");
        if (!Seekable.IsOneValue(leaf))
        {
            // A run with several values in the range counts by its first.
            sql.Add(" AND (found.flags & 1 = 0 OR NOT EXISTS (SELECT 1 FROM search_attributes AS sooner")
                .Add(" WHERE sooner.run_number = found.run_number AND sooner.value < found.value AND ");
            ConditionSql.WriteFound(sql, leaf, ns, "sooner");
            sql.Add("))");
        }

        ConditionSql.WriteBehind(sql.Add(" AND "), where, ns, leaf);
        PlanHint.WriteStatusBehind(sql, where);
    }

    // A plus keeps SQLite from using an index on what follows it.
    private static void WriteFrom(SqlWriter sql, VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var gather = plan as SearchPlan.Gather;
        sql.Add(" FROM runs WHERE ");
        if (gather is not null)
        {
            var separator = "runs.run_number IN (";
            foreach (var leaf in gather.Leaves)
            {
                ConditionSql.WriteNumbers(sql.Add(separator), leaf, scope.NamespaceBytes);
                separator = " UNION ALL ";
            }

            sql.Add(") AND ");
        }

        sql.Add(gather is null ? "" : "+").Add("runs.namespace_id = ").AddBlob(scope.NamespaceBytes).Add(" AND ");
        ConditionSql.Write(sql, where, scope.NamespaceBytes);
        PlanHint.WriteStatus(sql, where);
    }

    // The row value is a range of the index; the rest drops what the page before had of the same times.
    private static void WriteAfter(SqlWriter sql, ListPosition? after, string table)
    {
        if (after is not null)
        {
            sql.Add($" AND ({table}.close_time, {table}.start_time) <= (")
                .AddValue(after.CloseTime).Add(", ").AddValue(after.StartTime)
                .Add($") AND NOT ({table}.close_time = ").AddValue(after.CloseTime)
                .Add($" AND {table}.start_time = ").AddValue(after.StartTime)
                .Add($" AND {table}.run_number <= ").AddValue(after.RunNumber).Add(")");
        }
    }
}
