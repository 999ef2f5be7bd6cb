using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Finds runs by a query in the order of their numbers, which never changes: whoever changes the runs on the way
/// meets each once.</summary>
internal static class RunSelection
{
    /// <summary>How many match, and the highest number there is.</summary>
    public static Validated<RunScope> Count(Database database, VisibilityScope scope, string query)
    {
        if (!VisibilityReader.Count(database, scope, query).TryGet(out var count, out var rejection))
        {
            return rejection;
        }

        return new RunScope(count.Total, database.Number("SELECT coalesce(max(run_number), 0) FROM runs"));
    }

    /// <param name="last">Runs with a higher number are left out.</param>
    public static Validated<IReadOnlyList<NumberedRun>> Find(
        Database database, VisibilityScope scope, string query, long after, long last, int limit)
    {
        if (!BoundQuery.From(query, scope.Catalog).TryGet(out var bound, out var rejection))
        {
            return rejection;
        }

        var plan = new SearchPlanner(database, scope, bound.Where).ForNumbers();
        using var rows = VisibilitySelect.Numbered(scope, bound.Where, after, last, limit, plan).Prepare(database);
        var found = new List<NumberedRun>();
        while (rows.Step())
        {
            found.Add(new NumberedRun(
                rows.Number(0), new WorkflowKey(scope.Namespace, rows.Text(1)), new RunId(rows.Guid(2))));
        }

        return found;
    }
}

/// <param name="Count">How many there are.</param>
/// <param name="Last">The number of the last one.</param>
internal sealed record RunScope(long Count, long Last);

/// <param name="Run">Null means the current one.</param>
internal sealed record NumberedRun(long Number, WorkflowKey Workflow, RunId? Run);
