using Microsoft.Data.Sqlite;

namespace AugmentedOS.EndToEnd.Pilot;

/// <summary>The data folder of a pilot that another process works on, or worked on when it was killed.</summary>
internal sealed class PilotData : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pilot-kill-").FullName;

    public string SummaryFile => System.IO.Path.Combine(Path, "summary.json");

    /// <summary>How many things are written down: files read, claims that moved, postings. It only grows.</summary>
    public int Progress() =>
        Count("desk.db", "SELECT COUNT(*) FROM files")
        + Count("desk.db", "SELECT COUNT(*) FROM messages")
        + Count("ledger.db", "SELECT COUNT(*) FROM postings");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private int Count(string file, string sql)
    {
        var source = System.IO.Path.Combine(Path, file);
        if (!File.Exists(source))
        {
            return 0;
        }

        using var connection = new SqliteConnection($"Data Source={source};Mode=ReadOnly;Pooling=False");
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt32(command.ExecuteScalar());
        }
        catch (SqliteException)
        {
            // It is just being made.
            return 0;
        }
    }
}
