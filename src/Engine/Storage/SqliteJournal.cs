using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage.Sqlite;

namespace AugmentedOS.Engine.Storage;

/// <summary>The journal in one SQLite file, or in memory.</summary>
/// <remarks>One connection writes; readers have their own and never wait for it, nor it for them.</remarks>
internal sealed class SqliteJournal : IJournal
{
    /// <summary>The path of a database that lives and dies with its engine.</summary>
    public const string InMemory = ":memory:";

    private readonly EngineLock? _lock;
    private readonly JournalWriter _writer;
    private readonly IReads _reads;
    private readonly Lock? _turn;
    private long _lastRunNumber;

    private SqliteJournal(EngineLock? engineLock, Database database, Guid clusterId, Func<JournalReader>? openReader)
    {
        _lock = engineLock;
        _writer = new JournalWriter(database);
        ClusterId = clusterId;
        _turn = openReader is null ? new Lock() : null;
        _reads = openReader is null ? new SharedReads(database, _turn!) : new ReadPool(openReader);
        _lastRunNumber = database.Number(
            "SELECT max(coalesce((SELECT max(run_number) FROM runs), 0), coalesce((SELECT max(run) FROM journal), 0))");
    }

    /// <summary>Made once for each file.</summary>
    public Guid ClusterId { get; }

    /// <summary>Opens or creates the file; its directory must exist.</summary>
    /// <param name="path">A file, or <see cref="InMemory"/>.</param>
    /// <exception cref="EngineStorageException">It cannot be used. It was not changed.</exception>
    public static SqliteJournal Open(string path, TimeProvider time, IIdSource ids)
    {
        if (path == InMemory)
        {
            var memory = DatabaseOpener.OpenMemory();
            return new SqliteJournal(null, memory, ClusterIdentity.ReadOrMake(memory, ids), null);
        }

        var full = Path.GetFullPath(path);
        DatabaseOpener.CheckPath(full);
        var engineLock = EngineLock.Take(full, time);
        try
        {
            var database = DatabaseOpener.OpenFile(full);
            return new SqliteJournal(
                engineLock, database, ClusterIdentity.ReadOrMake(database, ids), () => DatabaseOpener.OpenReader(full));
        }
        catch
        {
            engineLock.Dispose();
            throw;
        }
    }

    public void Commit(IReadOnlyList<IJournalWrite> batch)
    {
        if (_turn is null)
        {
            _writer.Commit(batch);
            return;
        }

        lock (_turn)
        {
            _writer.Commit(batch);
        }
    }

    public long NextRunNumber() => Interlocked.Increment(ref _lastRunNumber);

    public LoadedRun? Load(WorkflowKey workflow, RunId? run) => _reads.Read(reader => reader.Load(workflow, run));

    public IReadOnlyList<RunKey> HotRuns() => _reads.Read(reader => reader.Runs.Hot());

    public IReadOnlyList<WakeUp> WakeUps(Instant until) => _reads.Read(reader => reader.Runs.WakeUps(until));

    public IReadOnlyList<RunKey> ClosedRuns(NamespaceId ns, Instant closedBefore, int limit) =>
        _reads.Read(reader => reader.Runs.Closed(ns, closedBefore, limit));

    public HistorySlice ReadHistory(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _reads.Read(reader => reader.ReadHistory(run, fromEventId, maxEvents, maxBytes));

    public HistorySlice ReadHistoryBackwards(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _reads.Read(reader => reader.ReadHistoryBackwards(run, fromEventId, maxEvents, maxBytes));

    public IReadOnlyList<NamespaceInfo> Namespaces() => _reads.Read(reader => reader.Namespaces());

    /// <summary>Asks the index something on a connection that only reads. Any thread.</summary>
    public T Query<T>(Func<Database, T> query) => _reads.Read(reader => query(reader.Database));

    public void Dispose()
    {
        _reads.Dispose();
        _writer.Dispose();
        _lock?.Dispose();
    }
}
