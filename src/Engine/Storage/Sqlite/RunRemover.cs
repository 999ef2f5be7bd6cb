namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>
/// Takes the journal of deleted runs away, a bounded stretch with each commit, so that the end of a run with 50,000
/// events delays nobody. A run is invisible from the moment it is marked; what a crash leaves goes on later.
/// </summary>
internal sealed class RunRemover : IDisposable
{
    private const int RowsAtATime = 500;
    private readonly Database _database;
    private readonly Statement _mark;
    private readonly Statement _next;
    private readonly Statement _endOfStretch;
    private readonly Statement _removeStretch;
    private readonly Statement _removeRest;
    private readonly Statement _done;
    private bool _mayHaveWork = true;

    public RunRemover(Database database)
    {
        _database = database;
        _mark = database.Prepare("INSERT OR IGNORE INTO deleted_runs(run) VALUES(?1)");
        _next = database.Prepare("SELECT run FROM deleted_runs LIMIT 1");
        _endOfStretch = database.Prepare("SELECT seq FROM journal WHERE run = ?1 ORDER BY seq LIMIT 1 OFFSET ?2");
        _removeStretch = database.Prepare("DELETE FROM journal WHERE run = ?1 AND seq < ?2");
        _removeRest = database.Prepare("DELETE FROM journal WHERE run = ?1");
        _done = database.Prepare("DELETE FROM deleted_runs WHERE run = ?1");
    }

    public void Mark(long runNumber)
    {
        _mark.Bind(1, runNumber).Run();
        _mayHaveWork = true;
    }

    /// <summary>Removes some rows when there is something to remove. Costs nothing when there is not.</summary>
    public void RemoveStretch()
    {
        var budget = RowsAtATime;
        while (_mayHaveWork && budget > 0)
        {
            if (TryNext(out var run))
            {
                budget -= 1 + RemoveFrom(run, budget);
            }
            else
            {
                _mayHaveWork = false;
            }
        }
    }

    /// <summary>After a rollback: what was known of the table may be wrong.</summary>
    public void Forget() => _mayHaveWork = true;

    public void Dispose()
    {
        _mark.Dispose();
        _next.Dispose();
        _endOfStretch.Dispose();
        _removeStretch.Dispose();
        _removeRest.Dispose();
        _done.Dispose();
    }

    private bool TryNext(out long run)
    {
        var found = _next.Step();
        run = found ? _next.Number(0) : 0;
        _next.Reset();
        return found;
    }

    /// <returns>How many rows went.</returns>
    private int RemoveFrom(long run, int atMost)
    {
        var isLonger = _endOfStretch.Bind(1, run).Bind(2, atMost).Step();
        var end = isLonger ? _endOfStretch.Number(0) : 0;
        _endOfStretch.Reset();
        if (isLonger)
        {
            _removeStretch.Bind(1, run).Bind(2, end).Run();
            return atMost;
        }

        _removeRest.Bind(1, run).Run();
        var removed = _database.Changes;
        _done.Bind(1, run).Run();
        return removed;
    }
}
