using SQLitePCL;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>
/// Moves committed pages from the write-ahead log into the database file, beside the writer and not in its way.
/// </summary>
/// <remarks>
/// The log starts over only when all of it has been moved at the moment of a write. Under constant load a checkpoint on
/// another thread never gets that far, since the writer goes on meanwhile; so once the log has grown long the writer
/// itself moves the little that the other thread has left over. A checkpoint that fails leaves the log as it is, where
/// the data is safe; the next one tries again.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>
    /// Pages after which a checkpoint starts: 12 MiB. A page that was written ten times meanwhile is moved once, so
    /// fewer checkpoints move less; the log must still be read when the next engine opens it.
    /// </summary>
    private const int PagesUntilDue = 3_000;

    /// <summary>Pages in the log with which the writer helps after a checkpoint, so that the log starts over.</summary>
    private const int PagesUntilWriterHelps = 2_000;

    /// <summary>
    /// Pages after which the writer moves the log itself, whatever the other thread does: on a machine with no
    /// processor to spare that one may not get its turn, and the log must not grow for ever.
    /// </summary>
    private const int PagesUntilWriterMust = 4 * PagesUntilDue;

    private readonly Database _writer;
    private readonly Database _own;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private int _pages;
    private int _pagesSinceHelp;
    private volatile bool _writerHelps;
    private volatile bool _isStopping;

    /// <param name="writer">The connection that commits.</param>
    /// <param name="own">A connection for the checkpoints; disposed with this.</param>
    public Checkpointer(Database writer, Database own)
    {
        (_writer, _own) = (writer, own);
        writer.Execute("PRAGMA wal_autocheckpoint = 0");
        _thread = new Thread(Work) { IsBackground = true, Name = "engine checkpoint" };
        _thread.Start();
    }

    /// <summary>On the writer's thread, after each commit.</summary>
    public void AfterCommit()
    {
        var written = _writer.TakePagesWritten();
        _pages += written;
        _pagesSinceHelp += written;
        if (_pages >= PagesUntilDue)
        {
            _pages = 0;
            _due.Set();
        }

        if (_writerHelps || _pagesSinceHelp >= PagesUntilWriterMust)
        {
            _writerHelps = false;
            Help();
        }
    }

    /// <summary>
    /// After a failed commit: with the log moved, it can start over and needs no room on a full disk.
    /// </summary>
    public void AfterFailure() => _due.Set();

    public void Dispose()
    {
        _isStopping = true;
        _due.Set();
        _thread.Join();
        _due.Dispose();
        _own.Dispose();
    }

    /// <summary>Where the other thread is at it just now, or a reader needs the log, the next commit tries again.
    /// </summary>
    private void Help()
    {
        var (pages, moved) = Checkpoint(_writer);
        if (pages > 0 && moved == pages)
        {
            _pagesSinceHelp = 0;
        }
    }

    private void Work()
    {
        while (true)
        {
            _due.WaitOne();
            if (_isStopping)
            {
                return;
            }

            var (pages, moved) = Checkpoint(_own);
            _writerHelps = pages >= PagesUntilWriterHelps && moved > 0;
        }
    }

    private static (int Pages, int Moved) Checkpoint(Database database)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(
            database.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out var moved);
        return result == raw.SQLITE_OK ? (pages, moved) : (0, 0);
    }
}
