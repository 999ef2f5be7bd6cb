namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The second layout: entities, the durable things that are no runs.</summary>
/// <remarks>
/// <c>number</c> is of the same row as the numbers of runs, so that both share <c>search_attributes</c>, and a later
/// entity has a higher one. <c>wake_at</c> is for whoever looks into the file: the engine reads it from the state.
/// </remarks>
internal static class Schema2
{
    public const string Sql =
        """
        CREATE TABLE entities(
            number INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            namespace_id BLOB NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            state BLOB NOT NULL,
            wake_at INTEGER
        );
        CREATE UNIQUE INDEX entities_by_id ON entities(kind, namespace_id, id);
        """;
}
