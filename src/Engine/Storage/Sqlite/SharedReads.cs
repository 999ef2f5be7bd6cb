namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Reads of a database in memory: it has one connection, so readers and the writer take turns.</summary>
internal sealed class SharedReads(Database database, Lock turn) : IReads
{
    private readonly JournalReader _reader = new(database, ownsDatabase: false);

    public T Read<T>(Func<JournalReader, T> read)
    {
        lock (turn)
        {
            return read(_reader);
        }
    }

    public void Dispose() => _reader.Dispose();
}
