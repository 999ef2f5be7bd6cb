namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Reads of a database in memory: it has one connection, so readers and the writer take turns.</summary>
internal sealed class SharedReads(Database database, Lock turn) : IReads
{
    private readonly JournalReader _reader = new(database, ownsDatabase: false);
    private bool _isDisposed;

    public T Read<T>(Func<JournalReader, T> read)
    {
        lock (turn)
        {
            return _isDisposed ? throw JournalException.Closed() : read(_reader);
        }
    }

    public void Dispose()
    {
        lock (turn)
        {
            _isDisposed = true;
            _reader.Dispose();
        }
    }
}
