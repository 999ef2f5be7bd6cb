using System.Buffers;
using System.Text;
using SQLitePCL;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>A prepared statement that is used again and again, without the boxing of an ADO.NET command.</summary>
/// <remarks>
/// For one thread at a time. Blobs that it hands out are SQLite's memory: valid until the next step or reset.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private const uint Persistent = 1;
    private const int StackBytes = 512;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _handle;

    /// <exception cref="JournalException">SQLite refuses it.</exception>
    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteResult.Check(raw.sqlite3_prepare_v3(database, sql, Persistent, out _handle), database, sql);
    }

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(_handle, index, number)
            : raw.sqlite3_bind_null(_handle, index));
        return this;
    }

    /// <summary>All of the text: handed over as a string, it would end at its first NUL character.</summary>
    public Statement Bind(int index, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_handle, index));
            return this;
        }

        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var bytes = length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(length);
        Check(raw.sqlite3_bind_text(_handle, index, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    public Statement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_handle, index, value));
        return this;
    }

    public Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(index, bytes);
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_handle);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            // The message is the connection's, so it is read before the reset that clears it.
            var failure = SqliteResult.ToException(result, _database, "A statement failed");
            Reset();
            throw failure;
        }

        return false;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Ends the reading, which frees the snapshot of the database that the statement holds.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    public long Number(int column) => raw.sqlite3_column_int64(_handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    /// <summary>A <see cref="long"/>, a <see cref="double"/> or a <see cref="string"/>: what the column holds.</summary>
    public object Value(int column) => raw.sqlite3_column_type(_handle, column) switch
    {
        raw.SQLITE_INTEGER => Number(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_handle, column),
        _ => Text(column),
    };

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public void Dispose() => _handle.Dispose();

    private void Check(int result) => SqliteResult.Check(result, _database, "A value could not be bound");
}
