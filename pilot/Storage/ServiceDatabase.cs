using Microsoft.Data.Sqlite;

namespace AugmentedOS.Pilot.Storage;

/// <summary>
/// The SQLite file of one service. Every call is one transaction, on disk before it returns, so that what a service
/// has answered survives a power cut.
/// </summary>
internal sealed class ServiceDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    /// <exception cref="IOException">The file cannot be opened, or it is no database.</exception>
    public ServiceDatabase(string path, string schema)
    {
        Path = path;
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        _connection = new SqliteConnection(source);
        try
        {
            _connection.Open();
            Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;");
            Run(schema);
        }
        catch (SqliteException problem)
        {
            _connection.Dispose();
            throw new IOException($"{path}: {problem.Message}", problem);
        }
    }

    public string Path { get; }

    public void Dispose() => _connection.Dispose();

    public T InTransaction<T>(Func<ServiceTransaction, T> work)
    {
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(new ServiceTransaction(_connection, transaction));
            transaction.Commit();
            return result;
        }
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
