using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The statements that find entities of a kind by a query.</summary>
internal static class EntitySelect
{
    /// <summary>The attribute that an entity's id is; no custom attribute can have this name.</summary>
    public const string Id = "TemporalEntityId";

    /// <summary>Latest created first.</summary>
    /// <param name="before">The number of the last entity of the page before.</param>
    public static SqlWriter Page(EntityKind kind, NamespaceId ns, Condition where, long before, int limit)
    {
        var sql = new SqlWriter().Add("SELECT runs.run_number, runs.entity_id, runs.version, runs.state");
        WriteFrom(sql, kind, ns, where);
        return sql.Add(" AND runs.run_number < ").AddValue(before)
            .Add(" ORDER BY runs.run_number DESC LIMIT ").AddValue((long)limit);
    }

    public static SqlWriter Count(EntityKind kind, NamespaceId ns, Condition where)
    {
        var sql = new SqlWriter().Add("SELECT count(*)");
        WriteFrom(sql, kind, ns, where);
        return sql;
    }

    // Under the names that conditions use: both share the numbers, and so the index of attributes.
    private static void WriteFrom(SqlWriter sql, EntityKind kind, NamespaceId ns, Condition where)
    {
        var namespaceId = ns.Value.ToByteArray(bigEndian: true);
        sql.Add(" FROM (SELECT number AS run_number, id AS entity_id, version, state FROM entities WHERE kind = ")
            .AddValue((long)kind).Add(" AND namespace_id = ").AddValue(namespaceId).Add(") AS runs WHERE ");
        ConditionSql.Write(sql, where, namespaceId);
    }
}
