using Microsoft.Data.Sqlite;

namespace AugmentedOS.Samples.Orders.Choreography;

/// <summary>The file in which the state table and the messages are, so that what a handler writes and sends is one
/// transaction. Plumbing; it is not counted in the comparison.</summary>
internal sealed class OrderDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    public OrderDatabase(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute(OrderTable.Schema);
        Execute(Broker.Schema);
    }

    /// <summary>All of it or, when it throws, nothing.</summary>
    public void InTransaction(Action act)
    {
        using var transaction = _connection.BeginTransaction();
        act();
        transaction.Commit();
    }

    /// <param name="values">Of the parameters <c>$1</c>, <c>$2</c> ….</param>
    public void Execute(string sql, params object?[] values)
    {
        using var command = Prepare(sql, values);
        command.ExecuteNonQuery();
    }

    /// <returns>The first row, or null.</returns>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
        where T : class
    {
        using var command = Prepare(sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
