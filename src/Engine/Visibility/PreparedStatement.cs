using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Visibility;

/// <summary>A statement with numbered parameters that is compiled at its first use and then reused.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this folder; values are always parameters.
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    public void Enlist(SqliteTransaction? transaction) => _command.Transaction = transaction;

    public void Run(params ReadOnlySpan<object?> values)
    {
        var parameters = _command.Parameters;
        for (var index = 0; index < values.Length; index++)
        {
            if (parameters.Count == index)
            {
                parameters.Add(new SqliteParameter { ParameterName = $"?{index + 1}" });
            }

            parameters[index].Value = values[index] ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}
