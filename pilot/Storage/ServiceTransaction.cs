using Microsoft.Data.Sqlite;

namespace AugmentedOS.Pilot.Storage;

/// <summary>Statements within one transaction. Parameters are <c>@0</c>, <c>@1</c>, … in order.</summary>
internal readonly struct ServiceTransaction(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row; <paramref name="otherwise"/> when there is none.</summary>
    public T Scalar<T>(string sql, T otherwise, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is T found ? found : otherwise;
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"@{index}", values[index] ?? DBNull.Value);
        }

        return command;
    }
}
