using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;
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

        var limit = pageSize <= 0 || pageSize > scope.MaxPageSize ? scope.MaxPageSize : pageSize;
        using var rows = VisibilitySelect
            .Page(scope, where, after, limit, new SearchPlanner(database, scope, where).ForList())
            .Prepare(database);
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

        return bound.GroupBy?.Name switch
        {
            null => CountAll(database, scope, bound.Where),
            BuiltInSearchAttributes.ExecutionStatus => CountByStatus(database, scope, bound.Where),
            _ => CountByDivision(database, VisibilitySelect.CountByDivision(scope, bound.Where)),
        };
    }

    private static VisibilityCount CountAll(Database database, VisibilityScope scope, Condition where)
    {
        var select = KeptCounts.Find(database, scope, where) is { } kept
            ? kept.Total()
            : VisibilitySelect.Count(scope, where, new SearchPlanner(database, scope, where).ForCount());
        using var row = select.Prepare(database);
        return new VisibilityCount(row.Step() ? row.Number(0) : 0, []);
    }

    private static VisibilityCount CountByStatus(Database database, VisibilityScope scope, Condition where)
    {
        var select = KeptCounts.Find(database, scope, where) is { } kept
            ? kept.ByStatus()
            : VisibilitySelect.CountByStatus(scope, where, new SearchPlanner(database, scope, where).ForCount());
        using var row = select.Prepare(database);
        var groups = new List<CountGroup>();
        if (row.Step())
        {
            for (var index = 0; index < VisibilitySelect.Statuses.Length; index++)
            {
                AddGroup(groups, row.Number(index), VisibilitySelect.Statuses[index].ToString());
            }
        }

        return new VisibilityCount(groups.Sum(group => group.Count), groups);
    }

    private static VisibilityCount CountByDivision(Database database, SqlWriter select)
    {
        using var rows = select.Prepare(database);
        var groups = new List<CountGroup>();
        while (rows.Step())
        {
            AddGroup(groups, rows.Number(0), rows.IsNull(1) ? null : rows.Text(1));
        }

        return new VisibilityCount(groups.Sum(group => group.Count), groups);
    }

    private static void AddGroup(List<CountGroup> groups, long count, string? value)
    {
        if (count > 0)
        {
            groups.Add(new CountGroup { Count = count, GroupValues = { SearchAttributePayload.Keyword(value) } });
        }
    }
}

/// <summary>What a query looks into: one namespace and the names that it knows.</summary>
internal sealed record VisibilityScope(NamespaceId Namespace, SearchAttributeCatalog Catalog)
{
    /// <summary>How many runs a page has at most, and when nobody says.</summary>
    public int MaxPageSize { get; init; } = VisibilityReader.MaxPageSize;

    /// <summary>The namespace as the tables have it.</summary>
    public byte[] NamespaceBytes { get; } = Namespace.Value.ToByteArray(bigEndian: true);
}

/// <param name="NextPageToken">Empty when this is known to be the last page.</param>
internal sealed record VisibilityPage(IReadOnlyList<WorkflowExecutionInfo> Runs, ByteString NextPageToken);

/// <param name="Groups">Empty without <c>GROUP BY</c>.</param>
internal sealed record VisibilityCount(long Total, IReadOnlyList<CountGroup> Groups);
