using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// What a filter says about the columns that are indexed and SQLite cannot see: values are parameters, and there are
/// no statistics. It changes the plan, never the answer.
/// </summary>
internal static class PlanHint
{
    /// <summary>The condition of <c>runs_by_outcome</c>, word for word: SQLite compares the texts.</summary>
    private const string Outcome = " AND status > 2";

    /// <summary>Open runs are the first stretch of the index by close time; rare outcomes have an index.</summary>
    public static void WriteStatus(SqlWriter sql, Condition where)
    {
        var statuses = RequiredStatuses(where);
        if (statuses.Any() && statuses.All(IsOpen))
        {
            sql.Add(" AND runs.close_time = ").AddValue(VisibilitySchema.OpenCloseTime);
        }
        else if (statuses.Any() && statuses.All(status => status > WorkflowExecutionStatus.Completed))
        {
            sql.Add(Outcome);
        }
    }

    /// <summary>The same behind a value: open runs are the first stretch of each.</summary>
    public static void WriteStatusBehind(SqlWriter sql, Condition where)
    {
        var statuses = RequiredStatuses(where);
        if (statuses.Any() && statuses.All(IsOpen))
        {
            sql.Add(" AND found.close_time = ").AddValue(VisibilitySchema.OpenCloseTime);
        }
    }

    /// <summary>The statuses of which every match has one; empty when the filter does not say.</summary>
    private static ImmutableArray<WorkflowExecutionStatus> RequiredStatuses(Condition where) =>
        FindRequired(where, BuiltInSearchAttributes.ExecutionStatus) is { } required
            ? [.. required.Select(value => (WorkflowExecutionStatus)(long)value)]
            : [];

    private static bool IsOpen(WorkflowExecutionStatus status) =>
        status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;

    /// <summary>The values of which every match must have one; null when the filter does not say.</summary>
    private static ImmutableArray<object>? FindRequired(Condition where, string attribute) => where switch
    {
        Condition.All all => all.Terms
            .Select(term => FindRequired(term, attribute))
            .FirstOrDefault(values => values is not null),
        Condition.Compare { Operator: Comparator.Equal } equal when equal.Attribute.Name == attribute => [equal.Value],
        Condition.OneOf { Negated: false } oneOf when oneOf.Attribute.Name == attribute => oneOf.Values,
        _ => null,
    };
}
