using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The statements that read visibility.</summary>
internal static class VisibilitySelect
{
    public static ImmutableArray<WorkflowExecutionStatus> Statuses { get; } =
        [.. Enum.GetValues<WorkflowExecutionStatus>()];

    public static SqlWriter Page(
        VisibilityScope scope, Condition where, ListPosition? after, int limit, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT ").Add(VisibilityRow.Columns);
        WriteFrom(sql, scope, where, plan);
        if (after is not null)
        {
            // The row value is a range of the index; the rest drops what the page before had of the same times.
            sql.Add(" AND (runs.close_time, runs.start_time) <= (")
                .AddValue(after.CloseTime).Add(", ").AddValue(after.StartTime)
                .Add(") AND NOT (runs.close_time = ").AddValue(after.CloseTime)
                .Add(" AND runs.start_time = ").AddValue(after.StartTime)
                .Add(" AND runs.run_id <= ").AddValue(after.Run.Value.ToByteArray(bigEndian: true)).Add(")");
        }

        return sql.Add(plan == SearchPlan.Walk ? " ORDER BY runs.close_time" : " ORDER BY +runs.close_time")
            .Add(" DESC, runs.start_time DESC, runs.run_id LIMIT ").AddValue((long)limit);
    }

    /// <summary>In the order of numbers, after one and up to one.</summary>
    public static SqlWriter Numbered(
        VisibilityScope scope, Condition where, long after, long last, int limit, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT runs.run_number, runs.workflow_id, runs.run_id");
        WriteFrom(sql, scope, where, plan);
        return sql.Add(" AND runs.run_number > ").AddValue(after).Add(" AND runs.run_number <= ").AddValue(last)
            .Add(plan == SearchPlan.Walk ? " ORDER BY runs.run_number LIMIT " : " ORDER BY +runs.run_number LIMIT ")
            .AddValue((long)limit);
    }

    public static SqlWriter Count(VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT count(*)");
        WriteFrom(sql, scope, where, plan);
        return sql;
    }

    /// <summary>One row with a count for each status, in the order of <see cref="Statuses"/>.</summary>
    /// <remarks>GROUP BY would sort every row; there are few statuses, so one pass adds them up.</remarks>
    public static SqlWriter CountByStatus(VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT ");
        for (var index = 0; index < Statuses.Length; index++)
        {
            sql.Add(index == 0 ? "" : ", ").Add("count(*) FILTER (WHERE runs.status = ")
                .AddValue((long)Statuses[index]).Add(")");
        }

        WriteFrom(sql, scope, where, plan);
        return sql;
    }

    /// <summary>A row with a count for each value of the division, NULL first.</summary>
    public static SqlWriter CountByDivision(VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var sql = new SqlWriter().Add("SELECT count(*), runs.namespace_division");
        WriteFrom(sql, scope, where, plan);
        return sql.Add(" GROUP BY runs.namespace_division ORDER BY runs.namespace_division");
    }

    /// <summary>How many values of an attribute match, counted no further than <paramref name="limit"/>.</summary>
    public static SqlWriter Matches(VisibilityScope scope, Condition.OneOf value, int limit) => new SqlWriter()
        .Add("SELECT count(*) FROM (SELECT 1 FROM search_attributes WHERE namespace_id = ")
        .AddValue(scope.Namespace.Value.ToByteArray(bigEndian: true))
        .Add(" AND name = ").AddName(value.Attribute.Name)
        .Add(" AND value IN ").AddValues(value.Values)
        .Add(" LIMIT ").AddValue((long)limit).Add(")");

    // A plus keeps SQLite from using an index on what follows it.
    private static void WriteFrom(SqlWriter sql, VisibilityScope scope, Condition where, SearchPlan plan)
    {
        var namespaceId = scope.Namespace.Value.ToByteArray(bigEndian: true);
        sql.Add(" FROM runs WHERE ").Add(plan == SearchPlan.ByAttribute ? "+" : "").Add("runs.namespace_id = ")
            .AddValue(namespaceId).Add(" AND ");
        ConditionSql.Write(sql, where, namespaceId);
        PlanHint.WriteStatus(sql, where);
    }
}
