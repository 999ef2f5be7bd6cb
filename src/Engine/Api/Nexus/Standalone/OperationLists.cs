using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Lists and counts operations that no workflow called, with the query language of workflows.</summary>
internal sealed class OperationLists(OperationAccess access, SqliteJournal journal)
{
    public Answer<VisibilityPage> List(string ns, string query, int pageSize, ByteString token)
    {
        if (access.Enter(ns, out var entered) is { } refusal)
        {
            return refusal;
        }

        return journal.Query(connection => VisibilityReader.List(connection, ScopeOf(entered), query, pageSize, token))
            .TryGet(out var page, out var rejection) ? page : rejection;
    }

    public Answer<VisibilityCount> Count(string ns, string query)
    {
        if (access.Enter(ns, out var entered) is { } refusal)
        {
            return refusal;
        }

        return journal.Query(connection => VisibilityReader.Count(connection, ScopeOf(entered), query))
            .TryGet(out var count, out var rejection) ? count : rejection;
    }

    private static VisibilityScope ScopeOf(NamespaceInfo ns) => new(
        IdSpaces.NexusOperationsOf(ns.Id),
        new SearchAttributeCatalog(ns.SearchAttributes.SetItems(StandaloneOperations.Attributes.Select(
            name => KeyValuePair.Create(name, IndexedValueType.Keyword)))));
}
