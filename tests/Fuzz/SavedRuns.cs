using AugmentedOS.Engine;
using AugmentedOS.Engine.Hosting;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Fuzz;

/// <summary>The runs of a file, loaded as the engine does after a restart.</summary>
internal static class SavedRuns
{
    /// <summary>The state of each run, as bytes.</summary>
    public static Dictionary<string, string> Load(string path)
    {
        var runs = new Dictionary<string, string>(StringComparer.Ordinal);
        using var journal = SqliteJournal.Open(path, TimeProvider.System, new TimeOrderedIds(TimeProvider.System));
        foreach (var (ns, workflow, run) in Keys(path))
        {
            var loaded = journal.Load(new WorkflowKey(new NamespaceId(ns), workflow), new RunId(run));
            runs.Add($"{ns} {workflow} {run}", loaded is null ? "missing" : Convert.ToHexString(RunStateCodec.Encode(loaded.State)));
        }

        return runs;
    }

    /// <summary>From now on, only what the transitions say counts.</summary>
    public static void ForgetSnapshots(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM snapshots";
        command.ExecuteNonQuery();
    }

    private static List<(Guid Namespace, string Workflow, Guid Run)> Keys(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT namespace_id, workflow_id, run_id FROM runs ORDER BY run_number";
        using var reader = command.ExecuteReader();
        var keys = new List<(Guid, string, Guid)>();
        while (reader.Read())
        {
            keys.Add((IdOf(reader, 0), reader.GetString(1), IdOf(reader, 2)));
        }

        return keys;
    }

    private static Guid IdOf(SqliteDataReader reader, int column) =>
        new((byte[])reader.GetValue(column), bigEndian: true);

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
