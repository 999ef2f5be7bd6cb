namespace AugmentedOS.Engine.Visibility;

/// <summary>The tables that queries read. The store creates them, in the same file as the journal.</summary>
/// <remarks>
/// Every start inserts one row and every close updates it, so both the row and the number of indexes are kept small:
/// ids are 16 bytes, what is the same as on the run itself is NULL, and no index repeats the run id.
/// Times are <see cref="Instant.Ticks"/>.
/// </remarks>
internal static class VisibilitySchema
{
    /// <summary>
    /// <c>close_time</c> of an open run. Filters see it as 9999-12-31, and it makes "open first, then latest closed"
    /// the plain order of one column.
    /// </summary>
    public static long OpenCloseTime { get; } = Instant.MaxValue.Ticks;

    /// <summary>The columns of <c>runs</c> that visibility owns; the store adds its own after them.</summary>
    /// <remarks>
    /// <c>run_id</c>, <c>parent_run_id</c>, <c>root_run_id</c> and <c>namespace_id</c>: 16 bytes, big-endian, so that
    /// they sort as their text does. <c>root_*</c>: NULL when the run is its own root. <c>memo</c> and
    /// <c>search_attributes</c>: the protobuf messages, NULL when empty. <c>execution_duration</c>: nanoseconds.
    /// </remarks>
    public const string RunColumns = """
        run_number INTEGER PRIMARY KEY,
        namespace_id BLOB NOT NULL,
        workflow_id TEXT NOT NULL,
        run_id BLOB NOT NULL,
        workflow_type TEXT NOT NULL,
        task_queue TEXT NOT NULL,
        status INTEGER NOT NULL,
        start_time INTEGER NOT NULL,
        execution_time INTEGER NOT NULL,
        close_time INTEGER NOT NULL,
        history_length INTEGER,
        history_size INTEGER,
        state_transitions INTEGER,
        execution_duration INTEGER,
        parent_workflow_id TEXT,
        parent_run_id BLOB,
        root_workflow_id TEXT,
        root_run_id BLOB,
        namespace_division TEXT,
        memo BLOB,
        search_attributes BLOB
        """;

    /// <summary>
    /// Listing walks <c>runs_by_close</c> in its order. The columns behind the times let counts stay within an index.
    /// <c>runs_by_outcome</c> and the last two hold only rows that ordinary runs are not: they cost those nothing.
    /// </summary>
    public const string RunIndexes = """
        CREATE INDEX runs_by_close ON runs(namespace_id, close_time DESC, start_time DESC, namespace_division, status);
        CREATE INDEX runs_by_type ON runs(
            namespace_id, workflow_type, close_time DESC, start_time DESC, namespace_division);
        CREATE INDEX runs_by_workflow ON runs(namespace_id, workflow_id);
        CREATE INDEX runs_by_outcome ON runs(
            namespace_id, status, close_time DESC, start_time DESC, namespace_division)
            WHERE status > 2;
        CREATE INDEX runs_by_parent ON runs(namespace_id, parent_workflow_id)
            WHERE parent_workflow_id IS NOT NULL;
        CREATE INDEX runs_by_division ON runs(namespace_id, namespace_division, close_time DESC, start_time DESC)
            WHERE namespace_division IS NOT NULL;
        """;

    /// <summary>The index of attribute values as the first layout had it.</summary>
    public const string SearchAttributes = """
        CREATE TABLE search_attributes(
            run_number INTEGER NOT NULL,
            name TEXT NOT NULL,
            value NOT NULL,
            namespace_id BLOB NOT NULL,
            PRIMARY KEY (run_number, name, value)
        ) WITHOUT ROWID;
        CREATE INDEX search_attributes_by_value ON search_attributes(namespace_id, name, value);
        """;
}
