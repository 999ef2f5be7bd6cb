using System.Buffers.Binary;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Lists and counts entities of a kind on a connection that reads.</summary>
internal static class EntityListing
{
    /// <param name="token">Empty for the first page.</param>
    public static Validated<EntityPage> List(
        Database database, EntityScope scope, string query, int pageSize, ByteString token)
    {
        if (!BoundQuery.From(query, scope.Catalog, scope.Names).TryGet(out var bound, out var rejection))
        {
            return rejection;
        }

        if (bound.GroupBy is not null)
        {
            return QueryError.NotSupported("'GROUP BY' clause");
        }

        if (!token.IsEmpty && token.Length != sizeof(long))
        {
            return Rejection.InvalidArgument("Invalid NextPageToken.");
        }

        var before = token.IsEmpty ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(token.Span);
        var limit = pageSize is <= 0 or > VisibilityReader.MaxPageSize ? VisibilityReader.MaxPageSize : pageSize;
        using var rows = EntitySelect.Page(scope.Kind, scope.Namespace, bound.Where, before, limit).Prepare(database);
        var found = new List<StoredEntity>();
        while (rows.Step())
        {
            var key = new EntityKey(scope.Kind, scope.Namespace, rows.Text(1));
            found.Add(new StoredEntity(key, rows.Number(0), (int)rows.Number(2), rows.Blob(3).ToArray()));
        }

        return new EntityPage(found, found.Count == limit ? TokenOf(found[^1].Number) : ByteString.Empty);
    }

    public static Validated<EntityCount> Count(Database database, EntityScope scope, string query)
    {
        if (!BoundQuery.From(query, scope.Catalog, scope.Names).TryGet(out var bound, out var rejection))
        {
            return rejection;
        }

        using var row = EntitySelect.Count(scope.Kind, scope.Namespace, bound.Where).Prepare(database);
        return new EntityCount(row.Step() ? row.Number(0) : 0);
    }

    private static ByteString TokenOf(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }
}

/// <summary>What a query looks into: the entities of a kind in a namespace, and what names mean there.</summary>
internal sealed record EntityScope(
    EntityKind Kind, NamespaceId Namespace, SearchAttributeCatalog Catalog, IQueryNames Names);

/// <param name="NextPageToken">Empty when this is known to be the last page.</param>
internal sealed record EntityPage(IReadOnlyList<StoredEntity> Entities, ByteString NextPageToken);

internal sealed record EntityCount(long Total);
