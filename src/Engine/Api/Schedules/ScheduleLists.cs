using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Finds schedules by a query. Reads what is durable.</summary>
internal sealed class ScheduleLists(SqliteJournal journal)
{
    public Validated<EntityPage> List(NamespaceInfo ns, string query, int pageSize, ByteString token) =>
        journal.Query(database => EntityListing.List(database, ScopeOf(ns), query, pageSize, token));

    public Validated<EntityCount> Count(NamespaceInfo ns, string query) =>
        journal.Query(database => EntityListing.Count(database, ScopeOf(ns), query));

    public static ScheduleState StateOf(StoredEntity stored)
    {
        var source = new ByteSource(stored.State.Span);
        return ScheduleCodec.Decode(stored.Key, ref source);
    }

    private static EntityScope ScopeOf(NamespaceInfo ns) => new(
        EntityKind.Schedule, ns.Id, new SearchAttributeCatalog(ns.SearchAttributes), new ScheduleQueryNames());
}
