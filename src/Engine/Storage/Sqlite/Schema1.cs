using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The first layout.</summary>
/// <remarks>
/// Ids are 16 bytes, times are ticks of 100 ns since 1970. A run's number grows with its start, so the current run of a
/// workflow id is the one with the highest number. <c>wake_at</c> is NULL while a run is hot or waits for nothing.
/// </remarks>
internal static class Schema1
{
    public const string Sql =
        $"""
        CREATE TABLE metadata(
            key TEXT PRIMARY KEY,
            value BLOB NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE namespaces(
            id BLOB PRIMARY KEY,
            info BLOB NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE journal(
            run INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            facts BLOB NOT NULL,
            PRIMARY KEY(run, seq)
        ) WITHOUT ROWID;

        CREATE TABLE snapshots(
            run INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            version INTEGER NOT NULL,
            state BLOB NOT NULL
        );

        CREATE TABLE runs(
            {VisibilitySchema.RunColumns},
            hot INTEGER NOT NULL DEFAULT 1,
            wake_at INTEGER
        );

        {VisibilitySchema.RunIndexes}
        CREATE UNIQUE INDEX runs_by_run_id ON runs(run_id);
        CREATE INDEX runs_hot ON runs(run_number) WHERE hot = 1;
        CREATE INDEX runs_waking ON runs(wake_at) WHERE wake_at IS NOT NULL;

        {VisibilitySchema.SearchAttributes}

        -- Runs that are gone from the index while their journal is still being removed, a stretch with each commit.
        CREATE TABLE deleted_runs(
            run INTEGER PRIMARY KEY
        );
        """;
}
