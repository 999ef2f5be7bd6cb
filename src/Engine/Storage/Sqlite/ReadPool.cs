using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Readers that work side by side with the writer, each on a connection of its own. Any thread.</summary>
internal sealed class ReadPool(Func<JournalReader> open) : IReads
{
    private const int KeptIdle = 8;
    private readonly ConcurrentBag<JournalReader> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Reads one consistent view of the committed data.</summary>
    public T Read<T>(Func<JournalReader, T> read)
    {
        if (_isDisposed)
        {
            throw JournalException.Closed();
        }

        var reader = _idle.TryTake(out var idle) ? idle : Open();
        var isHealthy = false;
        try
        {
            reader.Database.Execute("BEGIN");
            var result = read(reader);
            reader.Database.Execute("COMMIT");
            isHealthy = true;
            return result;
        }
        catch (SqliteException e)
        {
            throw SqliteResult.ToException(e.SqliteExtendedErrorCode, reader.Database.Handle, e.Message);
        }
        finally
        {
            GiveBack(reader, isHealthy);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private JournalReader Open()
    {
        try
        {
            return open();
        }
        catch (SqliteException e)
        {
            throw new JournalException($"The database file cannot be opened: {e.Message}", e);
        }
    }

    private void GiveBack(JournalReader reader, bool isHealthy)
    {
        if (isHealthy && !_isDisposed && _idle.Count < KeptIdle)
        {
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }
    }
}
