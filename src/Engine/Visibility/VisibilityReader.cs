using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using CountGroup = Temporalio.Api.WorkflowService.V1.CountWorkflowExecutionsResponse.Types.AggregationGroup;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Answers list and count on a connection that reads. Holds nothing: the caller owns the connection.</summary>
internal static class VisibilityReader
{
    public const int MaxPageSize = 1000;

    /// <summary>One page of the runs that match, open ones first, then the latest closed.</summary>
    /// <param name="token">Empty for the first page.</param>
    public static Validated<VisibilityPage> List(
        Database database, VisibilityScope scope, string query, int pageSize, ByteString token)
    {
        if (!BoundQuery.From(query, scope.Catalog).TryGet(out var bound, out var rejection))
        {
            return rejection;
        }

        return bound.GroupBy is null
            ? List(database, scope, bound.Where, pageSize, token)
            : QueryError.NotSupported("'GROUP BY' clause");
    }

    /// <summary>As with a query, for a filter that needs no parsing.</summary>
    public static Validated<VisibilityPage> List(
        Database database, VisibilityScope scope, Condition where, int pageSize, ByteString token)
    {
        ListPosition? after = null;
        if (!token.IsEmpty && !ListPosition.TryRead(token, out after))
        {
            return Rejection.InvalidArgument("Invalid NextPageToken.");
        }

        var limit = pageSize is <= 0 or > MaxPageSize ? MaxPageSize : pageSize;
        using var rows = VisibilitySelect.Page(scope, where, after, limit).Prepare(database);
        var runs = new List<WorkflowExecutionInfo>();
        ListPosition? last = null;
        while (rows.Step())
        {
            runs.Add(VisibilityRow.Read(rows, scope.Catalog, out last));
        }

        // A full page may be the last one; then the next is empty. Finding out would cost each page one more row.
        return new VisibilityPage(runs, runs.Count == limit ? last!.ToToken() : ByteString.Empty);
    }

    /// <summary>How many runs match, with <c>GROUP BY</c> also how many of each value.</summary>
    public static Validated<VisibilityCount> Count(Database database, VisibilityScope scope, string query)
    {
        if (!BoundQuery.From(query, scope.Catalog).TryGet(out var bound, out var rejection))
        {
            return rejection;
        }

        using var rows = VisibilitySelect.Count(scope, bound).Prepare(database);
        var total = 0L;
        var groups = new List<CountGroup>();
        while (rows.Step())
        {
            var count = rows.Number(0);
            total += count;
            if (bound.GroupBy is not null)
            {
                groups.Add(new CountGroup { Count = count, GroupValues = { GroupValue(rows, bound.GroupBy) } });
            }
        }

        return new VisibilityCount(total, groups);
    }

    private static Payload GroupValue(Statement row, SearchAttribute attribute)
    {
        if (row.IsNull(1))
        {
            return SearchAttributePayload.Keyword(null);
        }

        return SearchAttributePayload.Keyword(attribute.Name == BuiltInSearchAttributes.ExecutionStatus
            ? ((WorkflowExecutionStatus)row.Number(1)).ToString()
            : row.Text(1));
    }
}

/// <summary>What a query looks into: one namespace and the names that it knows.</summary>
internal sealed record VisibilityScope(NamespaceId Namespace, SearchAttributeCatalog Catalog);

/// <param name="NextPageToken">Empty when this is known to be the last page.</param>
internal sealed record VisibilityPage(IReadOnlyList<WorkflowExecutionInfo> Runs, ByteString NextPageToken);

/// <param name="Groups">Empty without <c>GROUP BY</c>.</param>
internal sealed record VisibilityCount(long Total, IReadOnlyList<CountGroup> Groups);
