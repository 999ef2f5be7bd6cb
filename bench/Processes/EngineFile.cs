using Microsoft.Data.Sqlite;

namespace AugmentedOS.Bench.Processes;

/// <summary>A database file in a folder of its own, deleted afterwards.</summary>
internal sealed class EngineFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aos-bench-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "engine.db");

    /// <summary>File and write-ahead log together.</summary>
    public long Bytes => Directory.EnumerateFiles(_folder).Sum(file => new FileInfo(file).Length);

    public long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are constants of this program.
        command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
