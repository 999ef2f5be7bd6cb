using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What becomes of a commit.</summary>
internal enum CommitFault
{
    None,

    /// <summary>The disk is full: nothing is written, the engine goes on and may try again.</summary>
    Refused,

    /// <summary>The process dies first: nothing is written.</summary>
    CrashBefore,

    /// <summary>The process dies right after: everything is durable and nobody was told.</summary>
    CrashAfter,
}

/// <summary>The process is gone. Open another journal on the same disk.</summary>
internal sealed class SimulatedCrash() : Exception("The simulated process has crashed.");

/// <summary>A journal in memory, deterministic, that fails as scripted. Rows pass through the codec as on a real disk,
/// so that what the codec loses is missing after a reload.</summary>
/// <param name="disk">What is durable; shared with the journals opened on it before and after.</param>
/// <param name="faultOf">The fault for the n-th commit of this journal, counted from 0.</param>
internal sealed class SimulatedJournal(SimulatedDisk disk, Func<int, CommitFault>? faultOf = null) : IJournal
{
    private readonly Lock _turn = new();
    private long _lastRunNumber = Math.Max(
        disk.Runs.Keys.DefaultIfEmpty().Max(), disk.Entities.Keys.DefaultIfEmpty().Max());
    private int _commits;
    private bool _hasCrashed;

    public void Commit(IReadOnlyList<IJournalWrite> batch) => Take(() =>
    {
        var transaction = new SimulatedTransaction();
        foreach (var write in batch)
        {
            write.WriteTo(transaction);
        }

        var fault = faultOf?.Invoke(_commits++) ?? CommitFault.None;
        if (fault == CommitFault.Refused)
        {
            throw new JournalException("The simulated disk is full.");
        }

        if (fault != CommitFault.CrashBefore)
        {
            disk.Apply(transaction);
        }

        if (fault != CommitFault.None)
        {
            _hasCrashed = true;
            throw new SimulatedCrash();
        }

        return true;
    });

    /// <summary>The process dies between two commits.</summary>
    public void Crash()
    {
        lock (_turn)
        {
            _hasCrashed = true;
        }
    }

    public long NextRunNumber() => Interlocked.Increment(ref _lastRunNumber);

    public LoadedRun? Load(WorkflowKey workflow, RunId? run) => Take(() => disk.Find(workflow, run)?.Load());

    /// <summary>All runs of the namespace: this journal reads no queries.</summary>
    public Validated<RunScope> CountRuns(VisibilityScope scope, string query) => Take(() =>
    {
        var runs = disk.Runs.Values.Where(run => run.Key.Namespace == scope.Namespace).Select(run => run.Number).ToList();
        return new RunScope(runs.Count, runs.DefaultIfEmpty().Max());
    });

    public Validated<IReadOnlyList<NumberedRun>> FindRuns(
        VisibilityScope scope, string query, long after, long last, int limit) => Take(() =>
        (List<NumberedRun>)
        [
            .. disk.Runs.Values
                .Where(run => run.Key.Namespace == scope.Namespace && run.Number > after && run.Number <= last).Take(limit)
                .Select(run => new NumberedRun(run.Number, run.Key.Workflow, run.Key.Run)),
        ]);

    public IReadOnlyList<RunId> RunsOf(WorkflowKey workflow) => Take<IReadOnlyList<RunId>>(() =>
        [.. disk.Runs.Values.Reverse().Where(run => run.Key.Workflow == workflow).Select(run => run.Key.Run)]);

    public IReadOnlyList<RunKey> HotRuns() => Take(() => Keys(run => run.IsHot));

    public IReadOnlyList<WakeUp> WakeUps(Instant until) => Take<IReadOnlyList<WakeUp>>(() =>
    [
        .. from run in disk.Runs.Values
           where run.WakeAt <= until
           orderby run.WakeAt!.Value.Ticks, run.Number
           select new WakeUp(run.Key, run.WakeAt!.Value),
    ]);

    public IReadOnlyList<RunKey> ClosedRuns(NamespaceId ns, Instant closedBefore, int limit) => Take(() =>
        Keys(run => run.Key.Namespace == ns && run.ClosedAt < closedBefore && !run.IsHot, limit));

    public HistorySlice ReadHistory(RunKey run, long fromEventId, int maxEvents, int maxBytes) => Take(() =>
    {
        var (events, hasMore) = Collect(run, Forwards, e => e.EventId >= fromEventId, maxEvents, maxBytes);
        return new HistorySlice(events, hasMore ? events[^1].EventId + 1 : 0);
    });

    public HistorySlice ReadHistoryBackwards(RunKey run, long fromEventId, int maxEvents, int maxBytes) => Take(() =>
    {
        var (events, hasMore) = Collect(run, Backwards, e => e.EventId <= fromEventId, maxEvents, maxBytes);
        return new HistorySlice(events, hasMore ? events[^1].EventId - 1 : 0);
    });

    public IReadOnlyList<NamespaceInfo> Namespaces() => Take<IReadOnlyList<NamespaceInfo>>(() =>
        [.. disk.Namespaces.Values.Select(info => NamespaceCodec.Decode(info))]);

    public IReadOnlyList<StoredEntity> Entities(EntityKind kind) => Take<IReadOnlyList<StoredEntity>>(() =>
        [.. disk.Entities.Values.Where(stored => stored.Key.Kind == kind)]);

    public void Dispose()
    {
    }

    private T Take<T>(Func<T> action)
    {
        lock (_turn)
        {
            return _hasCrashed ? throw new SimulatedCrash() : action();
        }
    }

    private List<RunKey> Keys(Func<SimulatedRun, bool> where, int limit = int.MaxValue) =>
        [.. disk.Runs.Values.Where(where).Take(limit).Select(run => run.Key)];

    private static IEnumerable<List<HistoryEvent>> Forwards(SimulatedRun run) =>
        run.Rows.Select(row => SimulatedRun.ReadEvents(row.Facts));

    private static IEnumerable<List<HistoryEvent>> Backwards(SimulatedRun run) =>
        Forwards(run).Reverse().Select(events => Enumerable.Reverse(events).ToList());

    private (List<HistoryEvent> Events, bool HasMore) Collect(
        RunKey key,
        Func<SimulatedRun, IEnumerable<List<HistoryEvent>>> transitions,
        Func<HistoryEvent, bool> isWanted,
        int maxEvents,
        int maxBytes)
    {
        var events = new List<HistoryEvent>();
        var bytes = 0L;
        if (disk.Find(key.Workflow, key.Run) is not { } run)
        {
            return (events, false);
        }

        foreach (var wanted in transitions(run).Select(all => all.Where(isWanted).ToList()).Where(e => e.Count > 0))
        {
            if (events.Count > 0 && (events.Count >= maxEvents || bytes >= maxBytes))
            {
                return (events, true);
            }

            events.AddRange(wanted);
            bytes += wanted.Sum(e => (long)e.CalculateSize());
        }

        return (events, false);
    }
}
