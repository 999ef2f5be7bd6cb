using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Keeps the run's row in step with its state: what visibility shows of it, and by what the engine finds it
/// again. Writes only when a column changes.</summary>
internal sealed class RunIndexWriter(Database database) : IDisposable
{
    private readonly VisibilityWriter _visibility = new(database);

    private readonly Statement _move = database.Prepare("UPDATE runs SET hot = ?2, wake_at = ?3 WHERE run_number = ?1");

    public void Write(long runNumber, RunState? before, RunState after)
    {
        _visibility.Write(runNumber, before, after);

        // A new row is hot by default, as nearly every new run is.
        var (wasHot, wokeAt) = before is null ? (true, null) : (before.IsHot, WakeAt(before));
        var (hot, wakeAt) = (after.IsHot, WakeAt(after));
        if (hot != wasHot || wakeAt != wokeAt)
        {
            _move.Bind(1, runNumber).Bind(2, hot ? 1L : 0L).Bind(3, wakeAt).Run();
        }
    }

    public void Delete(long runNumber) => _visibility.Delete(runNumber);

    public void Forget(NamespaceId ns, string searchAttribute) => _visibility.Forget(ns, searchAttribute);

    /// <summary>Writes what was only added up so far. To be called before each commit.</summary>
    public void Flush() => _visibility.Flush();

    /// <summary>After a rollback: what was remembered may be wrong.</summary>
    public void ForgetChanges() => _visibility.ForgetChanges();

    public void Dispose()
    {
        _visibility.Dispose();
        _move.Dispose();
    }

    /// <summary>
    /// A hot run is in memory, where its deadlines are watched: the index need not follow each of them.
    /// </summary>
    private static long? WakeAt(RunState state) => state.IsHot ? null : state.WakesAt?.Ticks;
}
