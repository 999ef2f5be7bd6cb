using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Folding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>One connection that reads, with its prepared statements. For one thread at a time.</summary>
/// <param name="ownsDatabase">False when it shares the writer's connection: a database in memory has only that
/// one.</param>
internal sealed class JournalReader(Database database, bool ownsDatabase) : IDisposable
{
    private readonly RunLookup _lookup = new(database);
    private readonly HistoryReader _history = new(database);

    private readonly Statement _snapshot = database.Prepare("SELECT seq, version, state FROM snapshots WHERE run = ?1");

    private readonly Statement _tail = database.Prepare(
        "SELECT seq, facts FROM journal WHERE run = ?1 AND seq > ?2 ORDER BY seq");

    private readonly Statement _namespaces = database.Prepare("SELECT info FROM namespaces ORDER BY id");

    public Database Database { get; } = database;

    public RunLookup Runs => _lookup;

    public LoadedRun? Load(WorkflowKey workflow, RunId? run)
    {
        if (_lookup.Find(workflow, run) is not { } found)
        {
            return null;
        }

        var (sequence, state) = ReadSnapshot(found);
        try
        {
            _tail.Bind(1, found.Number).Bind(2, sequence);
            while (_tail.Step())
            {
                sequence = _tail.Number(0);
                state = Fold.Transition(state, found.Key, FactCodec.Decode(_tail.Blob(1)));
            }
        }
        finally
        {
            _tail.Reset();
        }

        return state is null
            ? throw new JournalException($"The index knows {found.Key} and the journal does not: the file is damaged.")
            : new LoadedRun(found.Number, sequence, state);
    }

    public HistorySlice ReadHistory(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _lookup.Find(run.Workflow, run.Run) is { } found
            ? _history.Forwards(found.Number, fromEventId, maxEvents, maxBytes)
            : new HistorySlice([], 0);

    public HistorySlice ReadHistoryBackwards(RunKey run, long fromEventId, int maxEvents, int maxBytes) =>
        _lookup.Find(run.Workflow, run.Run) is { } found
            ? _history.Backwards(found.Number, fromEventId, maxEvents, maxBytes)
            : new HistorySlice([], 0);

    public IReadOnlyList<NamespaceInfo> Namespaces()
    {
        var all = new List<NamespaceInfo>();
        try
        {
            while (_namespaces.Step())
            {
                all.Add(NamespaceCodec.Decode(_namespaces.Blob(0)));
            }
        }
        finally
        {
            _namespaces.Reset();
        }

        return all;
    }

    public void Dispose()
    {
        _lookup.Dispose();
        _history.Dispose();
        _snapshot.Dispose();
        _tail.Dispose();
        _namespaces.Dispose();
        if (ownsDatabase)
        {
            Database.Dispose();
        }
    }

    /// <summary>Where folding begins: after the snapshot, or before the first transition.</summary>
    private (long Sequence, RunState? State) ReadSnapshot(FoundRun run)
    {
        try
        {
            return _snapshot.Bind(1, run.Number).Step() && _snapshot.Number(1) == RunStateCodec.Version
                ? (_snapshot.Number(0), RunStateCodec.Decode(run.Key, _snapshot.Blob(2)))
                : (0, null);
        }
        finally
        {
            _snapshot.Reset();
        }
    }
}
