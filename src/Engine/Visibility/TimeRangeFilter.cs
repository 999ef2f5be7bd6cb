using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The filters of the two list calls that are older than queries, as conditions.</summary>
internal static class TimeRangeFilter
{
    public static Validated<Condition> Of(ListOpenWorkflowExecutionsRequest request)
    {
        var terms = Terms(BuiltInSearchAttributes.StartTime, request.StartTimeFilter, closed: false);
        AddRun(terms, request.ExecutionFilter, request.TypeFilter);
        return CheckRange(request.StartTimeFilter) is { } rejection ? rejection : ToCondition(terms);
    }

    public static Validated<Condition> Of(ListClosedWorkflowExecutionsRequest request)
    {
        var terms = Terms(BuiltInSearchAttributes.CloseTime, request.StartTimeFilter, closed: true);
        AddRun(terms, request.ExecutionFilter, request.TypeFilter);
        if (CheckRange(request.StartTimeFilter) is { } rejection)
        {
            return rejection;
        }

        if (request.StatusFilter is not { } filter)
        {
            return ToCondition(terms);
        }

        if (filter.Status is WorkflowExecutionStatus.Unspecified or WorkflowExecutionStatus.Running)
        {
            return Rejection.InvalidArgument("StatusFilter must be specified and must be not Running.");
        }

        terms.Add(Compare(BuiltInSearchAttributes.ExecutionStatus, Comparator.Equal, (long)filter.Status));
        return ToCondition(terms);
    }

    private static ImmutableArray<Condition>.Builder Terms(string time, StartTimeFilter? range, bool closed)
    {
        var terms = ImmutableArray.CreateBuilder<Condition>();
        terms.Add(new Condition.IsNull(Attribute(BuiltInSearchAttributes.NamespaceDivision), Negated: false));
        terms.Add(new Condition.IsNull(Attribute(BuiltInSearchAttributes.CloseTime), Negated: closed));
        if (range?.EarliestTime is { } earliest)
        {
            terms.Add(Compare(time, Comparator.GreaterOrEqual, Instant.From(earliest).Ticks));
        }

        if (range?.LatestTime is { } latest)
        {
            terms.Add(Compare(time, Comparator.LessOrEqual, Instant.From(latest).Ticks));
        }

        return terms;
    }

    private static void AddRun(
        ImmutableArray<Condition>.Builder terms, WorkflowExecutionFilter? execution, WorkflowTypeFilter? type)
    {
        AddEqual(terms, BuiltInSearchAttributes.WorkflowId, execution?.WorkflowId);
        AddEqual(terms, BuiltInSearchAttributes.RunId, execution?.RunId);
        AddEqual(terms, BuiltInSearchAttributes.WorkflowType, type?.Name);
    }

    private static void AddEqual(ImmutableArray<Condition>.Builder terms, string attribute, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            terms.Add(Compare(attribute, Comparator.Equal, value));
        }
    }

    private static Rejection? CheckRange(StartTimeFilter? range) =>
        range is { EarliestTime: { } earliest, LatestTime: { } latest } &&
        Instant.From(earliest) > Instant.From(latest)
            ? Rejection.InvalidArgument("EarliestTime in StartTimeFilter should not be larger than LatestTime.")
            : null;

    private static Condition.Compare Compare(string attribute, Comparator comparator, object value) =>
        new(Attribute(attribute), comparator, value);

    private static Condition.All ToCondition(ImmutableArray<Condition>.Builder terms) =>
        new Condition.All(terms.ToImmutable());

    private static SearchAttribute Attribute(string name) => BuiltInSearchAttributes.All[name];
}
