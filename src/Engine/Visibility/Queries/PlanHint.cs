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
        if (FindRequired(where, BuiltInSearchAttributes.ExecutionStatus) is not { IsEmpty: false } required)
        {
            return;
        }

        var statuses = required.Select(value => (WorkflowExecutionStatus)(long)value).ToList();
        if (statuses.All(IsOpen))
        {
            sql.Add(" AND runs.close_time = ").AddValue(VisibilitySchema.OpenCloseTime);
        }
        else if (statuses.All(status => status > WorkflowExecutionStatus.Completed))
        {
            sql.Add(Outcome);
        }
    }

    /// <summary>
    /// Whether the filter names the runs it wants, so that finding and sorting them is less work than walking the list
    /// until they turn up.
    /// </summary>
    public static bool NamesItsRuns(Condition where) =>
        FindRequired(where, BuiltInSearchAttributes.WorkflowId) is not null ||
        FindRequired(where, BuiltInSearchAttributes.RunId) is not null ||
        FindRequired(where, BuiltInSearchAttributes.ParentWorkflowId) is not null;

    /// <summary>A value, or one of several, that every match has of an attribute with rows of its own.</summary>
    public static Condition.OneOf? RequiredValue(Condition where) => where switch
    {
        Condition.All all => all.Terms.Select(RequiredValue).FirstOrDefault(value => value is not null),
        Condition.Compare { Operator: Comparator.Equal } equal when SqlColumn.Of(equal.Attribute) is null =>
            new Condition.OneOf(equal.Attribute, [equal.Value], Negated: false),
        Condition.OneOf { Negated: false } oneOf when SqlColumn.Of(oneOf.Attribute) is null => oneOf,
        _ => null,
    };

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
