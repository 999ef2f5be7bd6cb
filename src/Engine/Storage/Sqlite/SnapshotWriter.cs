using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage.Codecs;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Saves a run's state now and then, in the transaction that leads to it.</summary>
/// <remarks>
/// A snapshot is due when the run's <see cref="Progress"/> passes a multiple of <see cref="Step"/>: that is known from
/// the two states, so nothing has to be remembered for the many runs that never get that far. A large state (a
/// thousand pending activities) is saved less often, so that what snapshots write stays a third of what facts write.
/// </remarks>
internal sealed class SnapshotWriter(Database database) : IDisposable
{
    /// <summary>How much may have to be folded at most when the state is small: about 500 facts.</summary>
    internal const long Step = 64 * 1024;

    /// <summary>
    /// What a transition counts besides its events: heartbeats grow the journal, but not the history.
    /// </summary>
    private const long BytesPerTransition = 128;
    private const long ProgressPerSnapshotByte = 3;
    private const int RememberedRuns = 100_000;

    private readonly Dictionary<long, (long Progress, int Bytes)> _last = [];

    private readonly Statement _save = database.Prepare(
        "INSERT OR REPLACE INTO snapshots(run, seq, version, state) VALUES(?1, ?2, ?3, ?4)");

    private readonly Statement _delete = database.Prepare("DELETE FROM snapshots WHERE run = ?1");

    public void WriteWhenDue(JournalEntry entry)
    {
        var (run, after) = (entry.RunNumber, entry.After);
        var progress = Progress(after);
        if (after.IsClosed)
        {
            _last.Remove(run);
        }

        if (progress < Step || progress / Step == (entry.Before is { } before ? Progress(before) / Step : 0))
        {
            return;
        }

        if (_last.TryGetValue(run, out var last) && progress - last.Progress < last.Bytes * ProgressPerSnapshotByte)
        {
            return;
        }

        var state = RunStateCodec.Encode(after);
        _save.Bind(1, run).Bind(2, entry.Sequence).Bind(3, RunStateCodec.Version).Bind(4, state).Run();
        Remember(run, progress, state.Length, after);
    }

    public void Delete(long run)
    {
        _delete.Bind(1, run).Run();
        _last.Remove(run);
    }

    /// <summary>After a rollback: what was saved last may be gone.</summary>
    public void Forget() => _last.Clear();

    public void Dispose()
    {
        _save.Dispose();
        _delete.Dispose();
    }

    private void Remember(long run, long progress, int bytes, RunState after)
    {
        if (after.IsClosed)
        {
            return;
        }

        if (_last.Count >= RememberedRuns)
        {
            _last.Clear();
        }

        _last[run] = (progress, bytes);
    }

    private static long Progress(RunState state) => state.HistorySize + (state.Transitions * BytesPerTransition);
}
