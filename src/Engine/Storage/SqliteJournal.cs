using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage;

/// <summary>The journal in one SQLite file, or in memory.</summary>
/// <remarks>One connection writes; readers have their own and never wait for it, nor it for them.</remarks>
internal sealed class SqliteJournal : IJournal
{
    /// <summary>The path of a database that lives and dies with its engine.</summary>
    public const string InMemory = ":memory:";

    private readonly JournalWriter _writer;
    private readonly IReads _reads;
    private readonly Lock? _turn;
    private readonly Checkpointer? _checkpointer;
    private readonly EngineLock? _lock;
    private long _lastRunNumber;

    /// <summary>In memory.</summary>
    private SqliteJournal(Database database, IIdSource ids)
    {
        ClusterId = ClusterIdentity.ReadOrMake(database, ids);
        _turn = new Lock();
        _writer = new JournalWriter(database);
        _reads = new SharedReads(database, _turn);
    }

    /// <summary>In a file.</summary>
    private SqliteJournal(Database database, IIdSource ids, string path, EngineLock engineLock)
    {
        ClusterId = ClusterIdentity.ReadOrMake(database, ids);
        _lastRunNumber = LastRunNumber(database);
        _writer = new JournalWriter(database);
        _reads = new ReadPool(() => DatabaseOpener.OpenReader(path));
        _checkpointer = new Checkpointer(database, DatabaseOpener.OpenForCheckpoints(path));
        _lock = engineLock;
    }

    /// <summary>Made once for each file.</summary>
    public Guid ClusterId { get; }

    /// <summary>Opens or creates the file; its directory must exist.</summary>
    /// <param name="path">A file, or <see cref="InMemory"/>.</param>
    /// <param name="pragmas">Statements that tune the writer, see <see cref="DatabasePragmas"/>.</param>
    /// <exception cref="EngineStorageException">It cannot be used. It was not changed.</exception>
    public static SqliteJournal Open(string path, TimeProvider time, IIdSource ids, string pragmas = "")
    {
        if (path == InMemory)
        {
            return new SqliteJournal(DatabaseOpener.OpenMemory(pragmas), ids);
        }

        var full = Path.GetFullPath(path);
        DatabaseOpener.CheckPath(full);
        var engineLock = EngineLock.Take(full, time);
        Database? database = null;
        try
        {
            database = DatabaseOpener.OpenFile(full, pragmas);
            return new SqliteJournal(database, ids, full, engineLock);
        }
        catch (Exception e)
        {
            database?.Dispose();
            engineLock.Dispose();
            if (e is JournalException or InvalidOperationException)
            {
                throw OpenFailure.Damaged(full, $"its content cannot be read ({e.Message}).", e);
            }

            throw;
        }
    }

    public void Commit(IReadOnlyList<IJournalWrite> batch)
    {
        if (_turn is not null)
        {
            lock (_turn)
            {
                _writer.Commit(batch);
            }

            return;
        }

        try
        {
            _writer.Commit(batch);
        }
        catch (JournalException)
        {
            _checkpointer!.AfterFailure();
            throw;
        }

        _checkpointer!.AfterCommit();
    }

    /// <summary>Lets the file grow to this size and no further: beyond it a commit fails as on a full disk.</summary>
    public void LimitSize(long bytes) => _writer.LimitSize(bytes);

    public long NextRunNumber() => Interlocked.Increment(ref _lastRunNumber);

    public LoadedRun? Load(WorkflowKey workflow, RunId? run) => _reads.Read(reader => reader.Load(workflow, run));

    public Validated<RunScope> CountRuns(VisibilityScope scope, string query) =>
        Query(database => RunSelection.Count(database, scope, query));

    public Validated<IReadOnlyList<NumberedRun>> FindRuns(
        VisibilityScope scope, string query, long after, long last, int limit) =>
        Query(database => RunSelection.Find(database, scope, query, after, last, limit));

    public IReadOnlyList<RunId> RunsOf(WorkflowKey workflow) => _reads.Read(reader => reader.Runs.Of(workflow));

    public IReadOnlyList<RunKey> HotRuns() => _reads.Read(reader => reader.Runs.Hot());

    public IReadOnlyList<WakeUp> WakeUps(Instant until) => _reads.Read(reader => reader.Runs.WakeUps(until));

    public IReadOnlyList<RunKey> ClosedRuns(NamespaceId ns, Instant closedBefore, int limit) =>
        _reads.Read(reader => reader.Runs.Closed(ns, closedBefore, limit));

    public HistorySlice ReadHistory(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _reads.Read(reader => reader.ReadHistory(run, fromEventId, maxEvents, maxBytes));

    public HistorySlice ReadHistoryBackwards(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _reads.Read(reader => reader.ReadHistoryBackwards(run, fromEventId, maxEvents, maxBytes));

    public IReadOnlyList<NamespaceInfo> Namespaces() => _reads.Read(reader => reader.Namespaces());

    public IReadOnlyList<StoredEntity> Entities(EntityKind kind) =>
        _reads.Read(reader => EntityReader.All(reader.Database, kind));

    /// <summary>Asks the index something on a connection that only reads. Any thread.</summary>
    public T Query<T>(Func<Database, T> query) => _reads.Read(reader => query(reader.Database));

    public void Dispose()
    {
        _checkpointer?.Dispose();
        _reads.Dispose();
        _writer.Dispose();
        _lock?.Dispose();
    }

    private static long LastRunNumber(Database database) => database.Number(
        """
        SELECT max(
            coalesce((SELECT max(run_number) FROM runs), 0),
            coalesce((SELECT max(run) FROM journal), 0),
            coalesce((SELECT max(number) FROM entities), 0))
        """);
}
