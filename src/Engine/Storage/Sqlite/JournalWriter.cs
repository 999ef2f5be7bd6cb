using AugmentedOS.Engine.Namespaces;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The one connection that writes. Used by one thread.</summary>
internal sealed class JournalWriter : IJournalTransaction, IDisposable
{
    private readonly Database _database;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _append;
    private readonly NamespaceWriter _namespaces;
    private readonly RunIndexWriter _index;
    private readonly EntityWriter _entities;
    private readonly SnapshotWriter _snapshots;
    private readonly RunRemover _remover;

    public JournalWriter(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        _append = database.Prepare("INSERT INTO journal(run, seq, facts) VALUES(?1, ?2, ?3)");
        _index = new RunIndexWriter(database);
        _namespaces = new NamespaceWriter(database, _index);
        _entities = new EntityWriter(database);
        _snapshots = new SnapshotWriter(database);
        _remover = new RunRemover(database);
    }

    public void Commit(IReadOnlyList<IJournalWrite> batch)
    {
        try
        {
            Undo();
            _begin.Run();
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].WriteTo(this);
            }

            _remover.RemoveStretch();
            _index.Flush();
            _entities.Flush();
            _commit.Run();
        }
        catch
        {
            _snapshots.Forget();
            _remover.Forget();
            _index.ForgetChanges();
            _entities.ForgetChanges();
            Undo();
            throw;
        }
    }

    public void Append(JournalEntry entry)
    {
        foreach (var (sequence, facts) in entry.Copied)
        {
            _append.Bind(1, entry.RunNumber).Bind(2, sequence).Bind(3, facts.Span).Run();
        }

        _append.Bind(1, entry.RunNumber).Bind(2, entry.Sequence).Bind(3, entry.Facts.Span).Run();
        _index.Write(entry.RunNumber, entry.Before, entry.After);
        _snapshots.WriteWhenDue(entry);
    }

    public void Delete(RunKey run, long runNumber)
    {
        _index.Delete(runNumber);
        _snapshots.Delete(runNumber);
        _remover.Mark(runNumber);
    }

    public void Save(NamespaceInfo ns) => _namespaces.Save(ns);

    public void Save(EntityRow row) => _entities.Save(row);

    public void LimitSize(long bytes)
    {
        var pageSize = _database.Number("PRAGMA page_size");
        _database.Execute($"PRAGMA max_page_count = {Math.Max(1, bytes / pageSize)}");
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _append.Dispose();
        _namespaces.Dispose();
        _entities.Dispose();
        _index.Dispose();
        _snapshots.Dispose();
        _remover.Dispose();
        _database.Dispose();
    }

    /// <summary>
    /// Ends what a failed commit left open. Some failures (a full disk) have rolled back already; where not even that
    /// works any more, the next commit tries again before it begins.
    /// </summary>
    private void Undo()
    {
        if (_database.IsAutoCommit)
        {
            return;
        }

        try
        {
            _rollback.Run();
        }
        catch (JournalException)
        {
            // The failure that led here says more than this one.
        }
    }
}
