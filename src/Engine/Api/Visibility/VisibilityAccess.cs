using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Lists and counts runs of a namespace.</summary>
internal sealed class VisibilityAccess(NamespaceGate gate, SqliteJournal journal)
{
    public Answer<VisibilityPage> List(string nsName, string query, int pageSize, ByteString token)
    {
        if (gate.Enter(nsName, out var ns) is { } refusal)
        {
            return refusal;
        }

        return Unwrap(journal.Query(connection =>
            VisibilityReader.List(connection, ScopeOf(ns), query, pageSize, token)));
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

        return Unwrap(journal.Query(connection =>
            VisibilityReader.List(connection, ScopeOf(ns), where, pageSize, token)));
    }

    public Answer<VisibilityCount> Count(string nsName, string query)
    {
        if (gate.Enter(nsName, out var ns) is { } refusal)
        {
            return refusal;
        }

        return Unwrap(journal.Query(connection => VisibilityReader.Count(connection, ScopeOf(ns), query)));
    }

    private static VisibilityScope ScopeOf(NamespaceInfo ns) =>
        new(ns.Id, new SearchAttributeCatalog(ns.SearchAttributes));

    private static Answer<T> Unwrap<T>(Validated<T> validated)
        where T : class =>
        validated.TryGet(out var value, out var rejection) ? value : rejection;
}
