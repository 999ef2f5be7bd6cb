using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Lists and counts runs of a namespace.</summary>
internal sealed class VisibilityAccess(
    NamespaceGate gate, EngineLimits limits, SqliteJournal journal, VisibilityInstruments instruments)
{
    public Answer<VisibilityPage> List(string nsName, string query, int pageSize, ByteString token)
    {
        if (gate.Enter(nsName, out var ns) is { } refusal)
        {
            return refusal;
        }

        return Ask("ListWorkflowExecutions", connection =>
            VisibilityReader.List(connection, ScopeOf(ns), query, pageSize, token));
    }

    public Answer<VisibilityPage> List(string nsName, Validated<Condition> filter, int pageSize, ByteString token)
    {
        if (gate.Enter(nsName, out var ns) is { } refusal)
        {
            return refusal;
        }

        if (!filter.TryGet(out var where, out var wrong))
        {
            return wrong;
        }

        return Ask("ListWorkflowExecutions", connection =>
            VisibilityReader.List(connection, ScopeOf(ns), where, pageSize, token));
    }

    public Answer<VisibilityCount> Count(string nsName, string query)
    {
        if (gate.Enter(nsName, out var ns) is { } refusal)
        {
            return refusal;
        }

        return Ask("CountWorkflowExecutions", connection => VisibilityReader.Count(connection, ScopeOf(ns), query));
    }

    private VisibilityScope ScopeOf(NamespaceInfo ns) => new(ns.Id, new SearchAttributeCatalog(ns.SearchAttributes))
    {
        MaxPageSize = limits.In(ns.Name).VisibilityPageSize,
    };

    private Answer<T> Ask<T>(string operation, Func<Database, Validated<T>> ask)
        where T : class =>
        instruments.Measure(operation, () => journal.Query(ask)).TryGet(out var value, out var rejection)
            ? value
            : rejection;
}
