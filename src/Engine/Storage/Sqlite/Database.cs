using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>One connection to the file, set up as the engine needs it.</summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 5_000;

    private Database(SqliteConnection connection)
    {
        Connection = connection;
    }

    public SqliteConnection Connection { get; }

    public sqlite3 Handle => Connection.Handle!;

    /// <summary>Whether no transaction is open.</summary>
    public bool IsAutoCommit => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>How many pages were written since this was asked last.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>
    /// Opens or creates a file, or a database in memory when <paramref name="path"/> is <c>:memory:</c>.
    /// </summary>
    public static Database Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            return new Database(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Statement Prepare(string sql) => new(Handle, sql);

    public void Execute(string sql) =>
        SqliteResult.Check(raw.sqlite3_exec(Handle, sql), Handle, sql);

    /// <summary>The first column of the first row.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public string Text(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public void Dispose() => Connection.Dispose();
}
