using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>Lists and counts what is in a space beside the workflows of a namespace, with their query language.</summary>
/// <param name="spaceOf">The space of a namespace.</param>
/// <param name="attributes">By what it can be found besides a namespace's own attributes: keywords.</param>
internal sealed class SpaceLists(
    SqliteJournal journal, Func<NamespaceId, NamespaceId> spaceOf, IReadOnlyList<string> attributes)
{
    public Answer<VisibilityPage> List(NamespaceInfo ns, string query, int pageSize, ByteString token) =>
        journal.Query(connection => VisibilityReader.List(connection, ScopeOf(ns), query, pageSize, token))
            .TryGet(out var page, out var rejection) ? page : rejection;

    public Answer<VisibilityCount> Count(NamespaceInfo ns, string query) =>
        journal.Query(connection => VisibilityReader.Count(connection, ScopeOf(ns), query))
            .TryGet(out var count, out var rejection) ? count : rejection;

    private VisibilityScope ScopeOf(NamespaceInfo ns) => new(
        spaceOf(ns.Id),
        new SearchAttributeCatalog(ns.SearchAttributes.SetItems(
            attributes.Select(name => KeyValuePair.Create(name, IndexedValueType.Keyword)))));
}
