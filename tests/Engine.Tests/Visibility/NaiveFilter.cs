using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>What a filter means, row by row and without an index: the reference for the SQL.</summary>
internal static class NaiveFilter
{
    public static bool Matches(Condition condition, VisibilityRecord record) => condition switch
    {
        Condition.All all => all.Terms.All(term => Matches(term, record)),
        Condition.Any any => any.Terms.Any(term => Matches(term, record)),
        Condition.IsNull isNull => IsNull(isNull.Attribute, record) != isNull.Negated,
        Condition.OneOf oneOf => AnyValue(
            oneOf.Attribute, record, oneOf.Negated, value => oneOf.Values.Any(wanted => Compare(value, wanted) == 0)),
        Condition.Compare compare => AnyValue(
            compare.Attribute, record, false, value => Holds(compare.Operator, Compare(value, compare.Value))),
        Condition.Between between => AnyValue(
            between.Attribute,
            record,
            between.Negated,
            value => Compare(value, between.From) >= 0 && Compare(value, between.To) <= 0),
        Condition.StartsWith startsWith => AnyValue(
            startsWith.Attribute,
            record,
            startsWith.Negated,
            value => value is string text && startsWith.Prefix is string prefix
                ? text.StartsWith(prefix, StringComparison.Ordinal)
                : Compare(value, startsWith.Prefix) == 0),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static bool AnyValue(
        SearchAttribute attribute, VisibilityRecord record, bool negated, Func<object, bool> matches)
    {
        var values = Values(attribute, record);
        return values.Count > 0 && values.Any(matches) != negated;
    }

    private static bool IsNull(SearchAttribute attribute, VisibilityRecord record) =>
        attribute.Name == BuiltInSearchAttributes.CloseTime
            ? record.Close is null
            : Values(attribute, record).Count == 0;

    private static IReadOnlyList<object> Values(SearchAttribute attribute, VisibilityRecord record)
    {
        object? value = attribute.Name switch
        {
            "WorkflowId" or "RootWorkflowId" => record.Key.WorkflowId,
            "RunId" or "RootRunId" => record.Key.Run.ToString(),
            "WorkflowType" => record.WorkflowType,
            "TaskQueue" => record.TaskQueue,
            "ExecutionStatus" => (long)record.Status,
            "StartTime" => record.StartTime.Ticks,
            "ExecutionTime" => record.ExecutionTime.Ticks,
            "CloseTime" => record.Close?.Time.Ticks ?? Instant.MaxValue.Ticks,
            "HistoryLength" => record.Close?.HistoryLength,
            "HistorySizeBytes" => record.Close?.HistorySize,
            "StateTransitionCount" => record.Close?.StateTransitions,
            "ExecutionDuration" => record.Close?.DurationSince(record.ExecutionTime),
            _ => null,
        };
        if (value is not null)
        {
            return [value];
        }

        return record.SearchAttributes.TryGetValue(attribute.Name, out var payload)
            ? SearchAttributeIndex.ValuesOf(payload)
            : [];
    }

    private static bool Holds(Comparator comparator, int order) => comparator switch
    {
        Comparator.Equal => order == 0,
        Comparator.NotEqual => order != 0,
        Comparator.Less => order < 0,
        Comparator.LessOrEqual => order <= 0,
        Comparator.Greater => order > 0,
        Comparator.GreaterOrEqual => order >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(comparator)),
    };

    private static int Compare(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        _ => Convert.ToDouble(left).CompareTo(Convert.ToDouble(right)),
    };
}
